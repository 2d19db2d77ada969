using System.Text;

namespace Prometheus;

/// <summary>Counts observations in buckets by their size, and sums them.</summary>
public sealed class Histogram : Collector<Histogram.Child>
{
    private static readonly double[] DefaultBuckets = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    /// <summary>The upper bounds, in increasing order; the last is +Inf.</summary>
    private readonly double[] bounds;

    /// <summary>The <c>le</c> label of each bucket.</summary>
    private readonly string[] boundLabels;

    internal Histogram(string name, string help, string[] labelNames, double[]? buckets)
        : base(name, help, labelNames)
    {
        if (labelNames.Contains("le", StringComparer.Ordinal))
            throw new ArgumentException("A histogram's label cannot be named 'le'.", nameof(labelNames));
        bounds = CheckBounds(buckets ?? DefaultBuckets);
        boundLabels = [.. bounds.Select(bound => $"le=\"{ExpositionText.Number(bound)}\"")];
    }

    /// <summary>The sum of what the child without labels observed.</summary>
    public double Sum => Unlabelled.Sum;

    /// <summary>How often the child without labels observed.</summary>
    public long Count => Unlabelled.Count;

    internal override string TypeName => "histogram";

    /// <summary>Observes a value in the child without labels.</summary>
    public void Observe(double val) => Unlabelled.Observe(val);

    /// <summary>Observes a value so many times in the child without labels.</summary>
    public void Observe(double val, long count) => Unlabelled.Observe(val, count);

    /// <summary>Bounds that begin at <paramref name="start"/>, each <paramref name="factor"/> times the one before.</summary>
    public static double[] ExponentialBuckets(double start, double factor, int count)
    {
        if (count <= 0)
            throw new ArgumentException("The number of buckets must be positive.", nameof(count));
        if (start <= 0)
            throw new ArgumentException("The first bucket must be positive.", nameof(start));
        if (factor <= 1)
            throw new ArgumentException("The factor must be greater than 1.", nameof(factor));

        // Decimal, so that 0.1 * 2 * 2 * 2 gives 0.8 and not a neighbour of it.
        var bound = (decimal)start;
        var buckets = new double[count];
        for (var i = 0; i < count; i++)
        {
            buckets[i] = (double)bound;
            if (i + 1 < count)
                bound *= (decimal)factor;
        }
        return buckets;
    }

    private protected override Child NewChild(string labels) => new(this, labels);

    private static double[] CheckBounds(double[] buckets)
    {
        if (buckets.Length == 0)
            throw new ArgumentException("A histogram needs at least one bucket.", nameof(buckets));
        for (var i = 1; i < buckets.Length; i++)
        {
            if (!(buckets[i] > buckets[i - 1]))
                throw new ArgumentException("The buckets of a histogram must increase.", nameof(buckets));
        }
        return double.IsPositiveInfinity(buckets[^1]) ? [.. buckets] : [.. buckets, double.PositiveInfinity];
    }

    /// <summary>The histogram of one set of label values.</summary>
    public sealed class Child : ChildBase
    {
        private readonly Histogram histogram;
        private readonly long[] counts;
        private AtomicDouble sum;

        internal Child(Histogram parent, string labels)
            : base(parent, labels)
        {
            histogram = parent;
            counts = new long[parent.bounds.Length];
        }

        /// <summary>The sum of what was observed.</summary>
        public double Sum => sum.Value;

        /// <summary>How often it was observed.</summary>
        public long Count => ReadCounts().Sum();

        /// <summary>Observes a value; NaN is passed over.</summary>
        public void Observe(double val) => Observe(val, 1);

        /// <summary>Observes a value so many times; NaN is passed over.</summary>
        public void Observe(double val, long count)
        {
            if (double.IsNaN(val))
                return;
            var found = Array.BinarySearch(histogram.bounds, val);
            Interlocked.Add(ref counts[found < 0 ? ~found : found], count);
            sum.Add(val * count);
        }

        internal override void Write(StringBuilder text)
        {
            // One reading of the counts for all lines, so that _count equals the last bucket also under load.
            var read = ReadCounts();
            var name = Parent.Name;
            ExpositionText.AppendSample(text, name + "_sum", Labels, ExpositionText.Number(Sum));
            ExpositionText.AppendSample(text, name + "_count", Labels, ExpositionText.Number(read.Sum()));
            var prefix = Labels.Length == 0 ? "" : Labels + ",";
            var cumulative = 0L;
            for (var i = 0; i < read.Length; i++)
            {
                cumulative += read[i];
                ExpositionText.AppendSample(
                    text, name + "_bucket", prefix + histogram.boundLabels[i], ExpositionText.Number(cumulative));
            }
        }

        private long[] ReadCounts()
        {
            var read = new long[counts.Length];
            for (var i = 0; i < read.Length; i++)
                read[i] = Interlocked.Read(ref counts[i]);
            return read;
        }
    }
}
