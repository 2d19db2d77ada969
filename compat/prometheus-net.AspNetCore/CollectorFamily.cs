using System.Text;

namespace Prometheus;

/// <summary>All metrics of one name: they share type and help and differ in their label names.</summary>
internal sealed class CollectorFamily
{
    private readonly Dictionary<string[], Collector> byLabelNames = new(LabelValuesComparer.Instance);
    private readonly List<Collector> inOrder = [];
    private readonly Lock gate = new();

    public TCollector GetOrAdd<TCollector>(string name, string? help, string[] labelNames, Func<TCollector> create)
        where TCollector : Collector
    {
        lock (gate)
        {
            if (inOrder.Count > 0 && inOrder[0] is not TCollector)
                throw new InvalidOperationException($"{name} is already a {inOrder[0].TypeName}, it cannot be another type too.");
            if (inOrder.Count > 0 && help is not null && inOrder[0].Help != help)
                throw new InvalidOperationException($"{name} already has another help text: \"{inOrder[0].Help}\".");
            if (byLabelNames.TryGetValue(labelNames, out var existing))
                return (TCollector)existing;
            var collector = create();
            byLabelNames.Add(collector.LabelNames, collector);
            inOrder.Add(collector);
            return collector;
        }
    }

    public void Write(StringBuilder text)
    {
        Collector[] collectors;
        lock (gate)
            collectors = [.. inOrder];
        if (collectors.Length == 0)
            return;
        var first = collectors[0];
        ExpositionText.AppendHeader(text, first.Name, first.Help, first.TypeName);
        foreach (var collector in collectors)
            collector.WriteSamples(text);
    }
}
