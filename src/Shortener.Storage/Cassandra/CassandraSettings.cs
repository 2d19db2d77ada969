using Cassandra;

namespace Shortener.Storage.Cassandra;

/// <summary>How Cassandra is reached and used.</summary>
/// <param name="ContactPoints">Addresses or names of nodes to begin with.</param>
/// <param name="Port">Where every node speaks CQL.</param>
/// <param name="Keyspace">Where the tables are.</param>
/// <param name="LocalDatacenter">The data centre whose nodes are asked.</param>
/// <param name="Replication">How often data is to be kept.</param>
/// <param name="RequestTimeout">How long one request waits for a node.</param>
/// <param name="DecisionTimeout">How long the outcome of a conditional write is asked for before it counts as unknown.</param>
public sealed record CassandraSettings(
    IReadOnlyList<string> ContactPoints, int Port, string Keyspace, string LocalDatacenter, Replication Replication,
    TimeSpan RequestTimeout, TimeSpan DecisionTimeout)
{
    /// <summary>Who the service is to Cassandra; empty: Cassandra asks nobody.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password of <see cref="Username"/>.</summary>
    public string Password { get; init; } = "";

    /// <summary>Whether connections are encrypted and the nodes' certificates checked.</summary>
    public bool Tls { get; init; }

    /// <summary>The level of reads that decide nothing: LocalQuorum or Quorum.</summary>
    public ConsistencyLevel ReadConsistency { get; init; } = ConsistencyLevel.LocalQuorum;

    /// <summary>The level of writes and of the commits of conditional writes: LocalQuorum, Quorum or EachQuorum.</summary>
    public ConsistencyLevel WriteConsistency { get; init; } = ConsistencyLevel.LocalQuorum;

    /// <summary>Among whom conditional writes are agreed on: Serial or LocalSerial.</summary>
    public ConsistencyLevel SerialConsistency { get; init; } = ConsistencyLevel.Serial;
}
