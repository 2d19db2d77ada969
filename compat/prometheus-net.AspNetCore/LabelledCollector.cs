using System.Collections.Concurrent;
using System.Text;

namespace Prometheus;

/// <summary>A metric with one child for each set of label values that was asked for.</summary>
public abstract class Collector<TChild> : Collector
    where TChild : ChildBase
{
    private readonly ConcurrentDictionary<string[], TChild> byValues = new(LabelValuesComparer.Instance);
    private readonly List<TChild> inOrder = [];
    private readonly Lock adding = new();

    private protected Collector(string name, string help, string[] labelNames)
        : base(name, help, labelNames)
    {
    }

    /// <summary>The child without labels. A metric that has label names exports it only once it was used.</summary>
    private protected TChild Unlabelled => GetOrAdd([]);

    /// <summary>The child for these label values, one for each label name; always the same object for the same values.</summary>
    public TChild WithLabels(params string[] labelValues)
    {
        ArgumentNullException.ThrowIfNull(labelValues);
        if (labelValues.Length != LabelNames.Length)
        {
            throw new ArgumentException(
                $"{Name} has {LabelNames.Length} labels, {labelValues.Length} values were given.", nameof(labelValues));
        }
        if (Array.IndexOf(labelValues, null) >= 0)
            throw new NotSupportedException($"A label value of {Name} is null; write an empty string instead.");
        return GetOrAdd(labelValues);
    }

    private protected abstract TChild NewChild(string labels);

    internal override void WriteSamples(StringBuilder text)
    {
        if (LabelNames.Length == 0)
            _ = Unlabelled;
        TChild[] children;
        lock (adding)
            children = [.. inOrder];
        foreach (var child in children)
            child.Write(text);
    }

    private TChild GetOrAdd(string[] labelValues) =>
        byValues.TryGetValue(labelValues, out var child) ? child : Add(labelValues);

    private TChild Add(string[] labelValues)
    {
        lock (adding)
        {
            if (byValues.TryGetValue(labelValues, out var child))
                return child;
            var names = labelValues.Length == 0 ? [] : LabelNames;
            child = NewChild(ExpositionText.Labels(names, labelValues));
            inOrder.Add(child);
            byValues[[.. labelValues]] = child;
            return child;
        }
    }
}
