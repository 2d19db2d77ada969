namespace Cassandra;

/// <summary>A statement with a text of its own.</summary>
public abstract class RegularStatement : Statement
{
    /// <summary>The CQL text.</summary>
    public abstract string QueryString { get; }

    /// <summary>The CQL text.</summary>
    public override string ToString() => QueryString;
}
