using System.Text.RegularExpressions;

namespace Prometheus;

/// <summary>Which names Prometheus takes for metrics and labels.</summary>
internal static partial class ExpositionNames
{
    public static void CheckMetric(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!MetricName().IsMatch(name))
            throw new ArgumentException($"'{name}' is no metric name: it must match {MetricName()}.", nameof(name));
    }

    public static void CheckLabels(IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (name is null || !LabelName().IsMatch(name))
                throw new ArgumentException($"'{name}' is no label name: it must match {LabelName()}.", nameof(names));
            if (name.StartsWith("__", StringComparison.Ordinal))
                throw new ArgumentException($"The label name '{name}' is reserved, as all that begin with __.", nameof(names));
        }
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new InvalidOperationException($"A label name comes twice in: {string.Join(", ", names)}.");
    }

    [GeneratedRegex(@"^[a-zA-Z_:][a-zA-Z0-9_:]*\z")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^[a-zA-Z_][a-zA-Z0-9_]*\z")]
    private static partial Regex LabelName();
}
