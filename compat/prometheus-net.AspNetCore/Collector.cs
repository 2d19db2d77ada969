using System.Text;

namespace Prometheus;

/// <summary>A metric: a name, a help sentence and the names of its labels.</summary>
public abstract class Collector
{
    private protected Collector(string name, string help, string[] labelNames)
    {
        ExpositionNames.CheckMetric(name);
        ExpositionNames.CheckLabels(labelNames);
        Name = name;
        Help = help ?? "";
        LabelNames = [.. labelNames];
    }

    /// <summary>The metric's name, such as <c>http_requests_total</c>.</summary>
    public string Name { get; }

    /// <summary>What the metric counts, for a human reader.</summary>
    public string Help { get; }

    /// <summary>The names of the labels, in the order in which their values are given.</summary>
    public string[] LabelNames { get; }

    /// <summary>The word after <c># TYPE name</c>.</summary>
    internal abstract string TypeName { get; }

    internal abstract void WriteSamples(StringBuilder text);
}
