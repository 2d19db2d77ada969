using System.Net;

namespace Cassandra;

/// <summary>A cluster: what is known of it, and the way to sessions. One for the life of a process.</summary>
public interface ICluster : IDisposable
{
    /// <summary>A host came that was not known.</summary>
    event Action<Host>? HostAdded;

    /// <summary>A host left the ring.</summary>
    event Action<Host>? HostRemoved;

    /// <summary>What is known of nodes and keyspaces.</summary>
    Metadata Metadata { get; }

    /// <summary>The settings.</summary>
    Configuration Configuration { get; }

    /// <summary>All hosts, up or down.</summary>
    ICollection<Host> AllHosts();

    /// <summary>A session without a keyspace.</summary>
    /// <exception cref="NoHostAvailableException">No contact point, or no host of the cluster, can be connected to.</exception>
    Task<ISession> ConnectAsync();

    /// <summary>A session in a keyspace.</summary>
    /// <exception cref="NoHostAvailableException">No contact point, or no host of the cluster, can be connected to.</exception>
    /// <exception cref="InvalidQueryException">There is no such keyspace.</exception>
    Task<ISession> ConnectAsync(string keyspace);

    /// <summary>The host with that address, or null.</summary>
    Host? GetHost(IPEndPoint address);

    /// <summary>The host whose part of the ring the partition is in.</summary>
    ICollection<Host> GetReplicas(byte[] partitionKey);

    /// <summary>The replicas of a partition, its primary one first.</summary>
    ICollection<Host> GetReplicas(string keyspace, byte[] partitionKey);

    /// <summary>Reads nodes and keyspaces again; false where no host can be asked now.</summary>
    Task<bool> RefreshSchemaAsync(string? keyspace = null, string? table = null);

    /// <summary>Closes all sessions and connections.</summary>
    Task ShutdownAsync(int timeoutMs = Timeout.Infinite);
}
