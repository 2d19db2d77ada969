namespace Prometheus;

/// <summary>Makes metrics in one registry. Asked twice for the same metric, it gives the same object.</summary>
public sealed class MetricFactory
{
    private readonly CollectorRegistry registry;

    internal MetricFactory(CollectorRegistry registry) => this.registry = registry;

    /// <summary>A counter.</summary>
    public Counter CreateCounter(string name, string help, CounterConfiguration? configuration = null) =>
        CreateCounter(name, help, configuration?.LabelNames ?? []);

    /// <summary>A gauge.</summary>
    public Gauge CreateGauge(string name, string help, GaugeConfiguration? configuration = null) =>
        CreateGauge(name, help, configuration?.LabelNames ?? []);

    /// <summary>A histogram.</summary>
    public Histogram CreateHistogram(string name, string help, HistogramConfiguration? configuration = null) =>
        CreateHistogram(name, help, configuration?.LabelNames ?? [], configuration);

    /// <summary>A counter with labels and a configuration, whose own label names do not count.</summary>
    public Counter CreateCounter(string name, string help, string[] labelNames, CounterConfiguration? configuration = null) =>
        registry.GetOrAdd(name, help, labelNames, () => new Counter(name, help, labelNames));

    /// <summary>A gauge with labels and a configuration, whose own label names do not count.</summary>
    public Gauge CreateGauge(string name, string help, string[] labelNames, GaugeConfiguration? configuration = null) =>
        registry.GetOrAdd(name, help, labelNames, () => new Gauge(name, help, labelNames));

    /// <summary>A histogram with labels and a configuration, whose own label names do not count.</summary>
    public Histogram CreateHistogram(
        string name, string help, string[] labelNames, HistogramConfiguration? configuration = null) =>
        registry.GetOrAdd(name, help, labelNames, () => new Histogram(name, help, labelNames, configuration?.Buckets));

    /// <summary>A counter with labels.</summary>
    public Counter CreateCounter(string name, string help, params string[] labelNames) =>
        CreateCounter(name, help, labelNames, null);

    /// <summary>A gauge with labels.</summary>
    public Gauge CreateGauge(string name, string help, params string[] labelNames) =>
        CreateGauge(name, help, labelNames, null);

    /// <summary>A histogram with labels.</summary>
    public Histogram CreateHistogram(string name, string help, params string[] labelNames) =>
        CreateHistogram(name, help, labelNames, null);
}
