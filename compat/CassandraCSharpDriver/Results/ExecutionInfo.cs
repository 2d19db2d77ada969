using System.Net;

namespace Cassandra;

/// <summary>How a request went.</summary>
public class ExecutionInfo
{
    /// <summary>The hosts that it was tried on, in order; the last one answered.</summary>
    public IList<IPEndPoint> TriedHosts { get; internal init; } = [];

    /// <summary>The server's warnings.</summary>
    public string[] Warnings { get; internal init; } = [];

    /// <summary>The host that answered.</summary>
    public IPEndPoint? QueriedHost => TriedHosts.LastOrDefault();

    /// <summary>The consistency level that it ran at; a retry policy may have lowered it.</summary>
    public ConsistencyLevel AchievedConsistency { get; internal init; }

    /// <summary>After a change of schema: whether all nodes that are up agree on it. True after anything else.</summary>
    public bool IsSchemaInAgreement { get; internal set; } = true;
}
