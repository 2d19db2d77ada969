namespace Prometheus;

/// <summary>The way in: the default registry, registries of one's own, and metrics in them.</summary>
public static class Metrics
{
    private static volatile SuppressDefaultMetricOptions suppressed = new();
    private static volatile Action<MeterAdapterOptions> configureMeterAdapter = static _ => { };

    /// <summary>The registry of metrics that name no other; its first scrape adds the process and the meters.</summary>
    public static CollectorRegistry DefaultRegistry { get; } =
        new(registry => suppressed.AddWhatIsLeft(registry, configureMeterAdapter));

    private static MetricFactory Factory { get; } = new(DefaultRegistry);

    /// <summary>An empty registry that gets nothing by itself.</summary>
    public static CollectorRegistry NewCustomRegistry() => new();

    /// <summary>The factory of a registry.</summary>
    public static MetricFactory WithCustomRegistry(CollectorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return new MetricFactory(registry);
    }

    /// <summary>A counter in the default registry.</summary>
    public static Counter CreateCounter(string name, string help, CounterConfiguration? configuration = null) =>
        Factory.CreateCounter(name, help, configuration);

    /// <summary>A gauge in the default registry.</summary>
    public static Gauge CreateGauge(string name, string help, GaugeConfiguration? configuration = null) =>
        Factory.CreateGauge(name, help, configuration);

    /// <summary>A histogram in the default registry.</summary>
    public static Histogram CreateHistogram(string name, string help, HistogramConfiguration? configuration = null) =>
        Factory.CreateHistogram(name, help, configuration);

    /// <summary>A counter with labels in the default registry.</summary>
    public static Counter CreateCounter(
        string name, string help, string[] labelNames, CounterConfiguration? configuration = null) =>
        Factory.CreateCounter(name, help, labelNames, configuration);

    /// <summary>A gauge with labels in the default registry.</summary>
    public static Gauge CreateGauge(
        string name, string help, string[] labelNames, GaugeConfiguration? configuration = null) =>
        Factory.CreateGauge(name, help, labelNames, configuration);

    /// <summary>A histogram with labels in the default registry.</summary>
    public static Histogram CreateHistogram(
        string name, string help, string[] labelNames, HistogramConfiguration? configuration = null) =>
        Factory.CreateHistogram(name, help, labelNames, configuration);

    /// <summary>A counter with labels in the default registry.</summary>
    public static Counter CreateCounter(string name, string help, params string[] labelNames) =>
        Factory.CreateCounter(name, help, labelNames);

    /// <summary>A gauge with labels in the default registry.</summary>
    public static Gauge CreateGauge(string name, string help, params string[] labelNames) =>
        Factory.CreateGauge(name, help, labelNames);

    /// <summary>A histogram with labels in the default registry.</summary>
    public static Histogram CreateHistogram(string name, string help, params string[] labelNames) =>
        Factory.CreateHistogram(name, help, labelNames);

    /// <summary>Keeps all that comes by itself out of the default registry; no effect after its first scrape.</summary>
    public static void SuppressDefaultMetrics() => SuppressDefaultMetrics(SuppressDefaultMetricOptions.All);

    /// <summary>Keeps the named kinds out of the default registry; no effect after its first scrape.</summary>
    public static void SuppressDefaultMetrics(SuppressDefaultMetricOptions options) =>
        suppressed = options ?? SuppressDefaultMetricOptions.All;

    /// <summary>Sets up the default registry's meter adapter; no effect after the registry's first scrape.</summary>
    public static void ConfigureMeterAdapter(Action<MeterAdapterOptions> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        configureMeterAdapter = callback;
    }
}
