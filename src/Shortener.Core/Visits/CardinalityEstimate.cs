namespace Shortener.Core.Visits;

/// <summary>
/// How many different values HyperLogLog registers have seen: the improved raw estimator of Otmar Ertl, "New cardinality
/// estimation algorithms for HyperLogLog sketches", arXiv:1702.01284 (2017), section 2. Unlike the original it needs no
/// corrections for small and large numbers, nor the tables of measured bias of HyperLogLog++.
/// </summary>
internal static class CardinalityEstimate
{
    /// <param name="histogram">How many registers have the value 0, 1, ... up to the highest that there can be.</param>
    public static double Of(ReadOnlySpan<int> histogram)
    {
        double registers = 0;
        foreach (var count in histogram) registers += count;
        var sum = registers * Tau(1 - (histogram[^1] / registers));
        for (var value = histogram.Length - 2; value >= 1; value--) sum = (sum + histogram[value]) / 2;
        sum += registers * Sigma(histogram[0] / registers);
        return registers * registers / (2 * Math.Log(2) * sum);
    }

    /// <summary>
    /// x + sum of x^(2^k) 2^(k-1) for k = 1, 2, ...; what registers at 0 contribute. Infinite at 1: nothing was seen.
    /// </summary>
    private static double Sigma(double x)
    {
        if (x == 1) return double.PositiveInfinity;
        var (sum, before, weight) = (x, double.NaN, 1.0);
        while (sum != before)
        {
            x *= x;
            before = sum;
            sum += x * weight;
            weight *= 2;
        }

        return sum;
    }

    /// <summary>
    /// (1 - x - sum of (1 - x^(2^-k))² 2^-k for k = 1, 2, ...) / 3; what registers at the highest value contribute.
    /// </summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (sum, before, weight) = (1 - x, double.NaN, 1.0);
        while (sum != before)
        {
            x = Math.Sqrt(x);
            before = sum;
            weight /= 2;
            sum -= (1 - x) * (1 - x) * weight;
        }

        return sum / 3;
    }
}
