namespace Cassandra;

/// <summary>The coordinator knows too few live replicas for the consistency level and began nothing (error 0x1000).</summary>
public class UnavailableException : QueryExecutionException
{
    /// <summary>With the replicas that the level requires and those alive.</summary>
    public UnavailableException(ConsistencyLevel consistency, int required, int alive)
        : base($"Not enough replicas at consistency {consistency}: {required} required, {alive} alive") =>
        (Consistency, RequiredReplicas, AliveReplicas) = (consistency, required, alive);

    /// <summary>The level that was asked for.</summary>
    public ConsistencyLevel Consistency { get; }

    /// <summary>How many replicas it requires.</summary>
    public int RequiredReplicas { get; }

    /// <summary>How many the coordinator believes alive.</summary>
    public int AliveReplicas { get; }
}
