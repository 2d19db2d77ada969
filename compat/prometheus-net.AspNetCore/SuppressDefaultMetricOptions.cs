namespace Prometheus;

/// <summary>Which of the metrics that come by themselves stay out of the default registry.</summary>
public sealed class SuppressDefaultMetricOptions
{
    internal static readonly SuppressDefaultMetricOptions All = new()
    {
        SuppressProcessMetrics = true,
        SuppressDebugMetrics = true,
        SuppressEventCounters = true,
        SuppressMeters = true,
    };

    /// <summary>No metrics of the process: memory, threads, processor time.</summary>
    public bool SuppressProcessMetrics { get; set; }

    /// <summary>No metrics of the library about itself. The stand-in has none in any case.</summary>
    public bool SuppressDebugMetrics { get; set; }

    /// <summary>No metrics from event counters. The stand-in has none in any case.</summary>
    public bool SuppressEventCounters { get; set; }

    /// <summary>No metrics from <c>System.Diagnostics.Metrics</c>.</summary>
    public bool SuppressMeters { get; set; }

    internal void AddWhatIsLeft(CollectorRegistry registry, Action<MeterAdapterOptions> configureMeterAdapter)
    {
        if (!SuppressProcessMetrics)
            ProcessMetrics.Register(registry);
        if (!SuppressMeters)
        {
            var options = new MeterAdapterOptions { Registry = registry };
            configureMeterAdapter(options);
            MeterAdapter.StartListening(options);
        }
    }
}
