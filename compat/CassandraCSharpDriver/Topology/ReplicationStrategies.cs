namespace Cassandra;

/// <summary>Cassandra's replication strategies by name.</summary>
public static class ReplicationStrategies
{
    /// <summary>Replicas by data centre.</summary>
    public const string NetworkTopologyStrategy = "NetworkTopologyStrategy";

    /// <summary>The next hosts on the ring, whatever their data centre.</summary>
    public const string SimpleStrategy = "SimpleStrategy";
}
