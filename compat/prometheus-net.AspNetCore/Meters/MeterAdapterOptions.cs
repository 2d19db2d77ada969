using System.Diagnostics.Metrics;

namespace Prometheus;

/// <summary>Which instruments a <see cref="MeterAdapter"/> takes, and where and how it shows them.</summary>
public sealed record MeterAdapterOptions
{
    /// <summary>The buckets of an instrument that no one named others for: 0.01, and 24 times the double.</summary>
    public static readonly double[] DefaultHistogramBuckets = Histogram.ExponentialBuckets(0.01, 2, 25);

    /// <summary>Says of an instrument whether it is taken.</summary>
    public Func<Instrument, bool> InstrumentFilterPredicate { get; set; } = static _ => true;

    /// <summary>Where the metrics go.</summary>
    public CollectorRegistry Registry { get; set; } = Metrics.DefaultRegistry;

    /// <summary>Names the buckets of a histogram instrument; asked once for each set of its tag names.</summary>
    public Func<Instrument, double[]> ResolveHistogramBuckets { get; set; } = static _ => DefaultHistogramBuckets;
}
