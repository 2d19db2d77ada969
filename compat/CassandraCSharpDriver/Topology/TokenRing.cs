using System.Collections.Concurrent;

namespace Cassandra.Topology;

/// <summary>Which host each part of the ring belongs to, at one moment. A token's owner is the host with the next token.</summary>
internal sealed class TokenRing
{
    public static readonly TokenRing Empty = new([], new Dictionary<string, KeyspaceMetadata>());

    private readonly long[] _tokens;
    private readonly Host[] _owners;
    private readonly IReadOnlyDictionary<string, KeyspaceMetadata> _keyspaces;
    private readonly Dictionary<string, int> _racks;
    private readonly ConcurrentDictionary<(string Keyspace, int Place), Host[]> _replicas = new();

    public TokenRing(IReadOnlyCollection<Host> hosts, IReadOnlyDictionary<string, KeyspaceMetadata> keyspaces)
    {
        var ring = hosts.SelectMany(host => host.Tokens.Select(token => (Token: token, Host: host))).OrderBy(entry => entry.Token).ToList();
        _tokens = [.. ring.Select(entry => entry.Token)];
        _owners = [.. ring.Select(entry => entry.Host)];
        _keyspaces = keyspaces;
        _racks = hosts.Where(host => host.Tokens.Count > 0).GroupBy(host => host.Datacenter ?? "")
            .ToDictionary(dc => dc.Key, dc => dc.Select(host => host.Rack).Distinct().Count());
    }

    /// <summary>The replicas of a partition, its primary one first; none where the ring is unknown.</summary>
    /// <param name="keyspace">Null or unknown for the owner alone.</param>
    /// <param name="key">The partition key.</param>
    public Host[] Replicas(string? keyspace, ReadOnlySpan<byte> key)
    {
        if (_tokens.Length == 0) return [];
        var place = Array.BinarySearch(_tokens, Murmur3.Token(key));
        if (place < 0) place = ~place % _tokens.Length;
        return _replicas.GetOrAdd((keyspace ?? "", place), at => ReplicasAt(at.Keyspace, at.Place));
    }

    private Host[] ReplicasAt(string keyspace, int place) => _keyspaces.GetValueOrDefault(keyspace) switch
    {
        { StrategyClass: ReplicationStrategies.SimpleStrategy } simple =>
            [.. From(place).Distinct().Take(simple.Replication.TryGetValue("replication_factor", out var replicas) ? replicas : 1)],
        { StrategyClass: ReplicationStrategies.NetworkTopologyStrategy } byDatacenter => ByDatacenter(place, byDatacenter.Replication),
        _ => [_owners[place]],
    };

    private IEnumerable<Host> From(int place)
    {
        for (var i = 0; i < _owners.Length; i++) yield return _owners[(place + i) % _owners.Length];
    }

    /// <summary>
    /// In each data centre the next hosts on the ring, of which no more share a rack than must. As Cassandra's
    /// NetworkTopologyStrategy places them.
    /// </summary>
    private Host[] ByDatacenter(int place, IDictionary<string, int> replication)
    {
        var replicas = new List<Host>();
        var datacenters = replication.Where(dc => _racks.ContainsKey(dc.Key))
            .ToDictionary(dc => dc.Key, dc => new Placement(dc.Value, dc.Value - _racks[dc.Key]));
        foreach (var host in From(place).Distinct())
        {
            if (datacenters.TryGetValue(host.Datacenter ?? "", out var datacenter) && datacenter.Takes(host)) replicas.Add(host);
        }

        return [.. replicas];
    }

    /// <summary>What is still to be placed in a data centre.</summary>
    private sealed class Placement(int left, int leftInUsedRacks)
    {
        private readonly HashSet<string> _racks = [];
        private int _left = left;
        private int _leftInUsedRacks = leftInUsedRacks;

        public bool Takes(Host host)
        {
            if (_left == 0 || (!_racks.Add(host.Rack ?? "") && _leftInUsedRacks-- <= 0)) return false;
            _left--;
            return true;
        }
    }
}
