using System.Net;
using Cassandra.Topology;

namespace Cassandra;

/// <summary>What is known of the cluster; kept up to date by the servers' events.</summary>
public class Metadata
{
    private volatile Snapshot _current = new("", new Dictionary<IPEndPoint, Host>(), new Dictionary<string, KeyspaceMetadata>(), TokenRing.Empty);

    internal Metadata()
    {
    }

    /// <summary>The cluster's name.</summary>
    public string ClusterName => _current.Name;

    internal Func<Task<bool>>? Refresh { get; set; }

    internal Func<Task<bool>>? CheckAgreement { get; set; }

    /// <summary>The host with that address, or null.</summary>
    public Host? GetHost(IPEndPoint address) => _current.Hosts.GetValueOrDefault(address);

    /// <summary>All hosts, up or down.</summary>
    public ICollection<Host> AllHosts() => _current.HostList;

    /// <summary>The addresses of all hosts.</summary>
    public IEnumerable<IPEndPoint> AllReplicas() => _current.Hosts.Keys;

    /// <summary>The replicas of a partition, its primary one first.</summary>
    public ICollection<Host> GetReplicas(string keyspaceName, byte[] partitionKey) => _current.Ring.Replicas(keyspaceName, partitionKey);

    /// <summary>The host whose part of the ring the partition is in.</summary>
    public ICollection<Host> GetReplicas(byte[] partitionKey) => _current.Ring.Replicas(null, partitionKey);

    /// <summary>A keyspace, or null.</summary>
    public KeyspaceMetadata? GetKeyspace(string keyspace) => _current.Keyspaces.GetValueOrDefault(keyspace);

    /// <summary>The names of all keyspaces.</summary>
    public ICollection<string> GetKeyspaces() => [.. _current.Keyspaces.Keys];

    /// <summary>Reads the keyspaces again.</summary>
    public Task<bool> RefreshSchemaAsync(string? keyspace = null, string? table = null) => Refresh!();

    /// <summary>Whether all nodes that are up have the same schema now.</summary>
    public Task<bool> CheckSchemaAgreementAsync() => CheckAgreement!();

    internal void Replace(string name, IReadOnlyDictionary<IPEndPoint, Host> hosts, IReadOnlyDictionary<string, KeyspaceMetadata> keyspaces) =>
        _current = new Snapshot(name, hosts, keyspaces, new TokenRing([.. hosts.Values], keyspaces));

    private sealed record Snapshot(
        string Name, IReadOnlyDictionary<IPEndPoint, Host> Hosts, IReadOnlyDictionary<string, KeyspaceMetadata> Keyspaces, TokenRing Ring)
    {
        public Host[] HostList { get; } = [.. Hosts.Values];
    }
}
