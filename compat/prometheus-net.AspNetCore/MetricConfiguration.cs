namespace Prometheus;

/// <summary>What can be said about a metric beyond its name and help.</summary>
public abstract class MetricConfiguration
{
    private protected MetricConfiguration()
    {
    }

    /// <summary>The label names, unless they are given beside the name.</summary>
    public string[]? LabelNames { get; set; }
}

/// <summary>What can be said about a counter beyond its name and help.</summary>
public sealed class CounterConfiguration : MetricConfiguration;

/// <summary>What can be said about a gauge beyond its name and help.</summary>
public sealed class GaugeConfiguration : MetricConfiguration;

/// <summary>What can be said about a histogram beyond its name and help.</summary>
public sealed class HistogramConfiguration : MetricConfiguration
{
    /// <summary>The upper bounds in increasing order; +Inf may be left out. Null: 5 ms to 10 s.</summary>
    public double[]? Buckets { get; set; }
}
