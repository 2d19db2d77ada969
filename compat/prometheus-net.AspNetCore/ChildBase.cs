using System.Text;

namespace Prometheus;

/// <summary>One time series of a metric (a histogram's child: one set of them), named by its label values.</summary>
public abstract class ChildBase
{
    private protected ChildBase(Collector parent, string labels)
    {
        Parent = parent;
        Labels = labels;
    }

    private protected Collector Parent { get; }

    /// <summary>The labels as they stand between the braces.</summary>
    private protected string Labels { get; }

    internal abstract void Write(StringBuilder text);
}
