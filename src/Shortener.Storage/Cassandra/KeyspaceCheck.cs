using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>Holds a keyspace's replication against the settings.</summary>
internal static class KeyspaceCheck
{
    /// <summary>Fewer copies have no majority without one of them.</summary>
    private const int FewestForQuorum = 3;

    /// <returns>What works and may still be other than wanted.</returns>
    /// <exception cref="StoreException">The two cannot go together.</exception>
    public static IReadOnlyList<string> Check(Metadata metadata, CassandraSettings settings)
    {
        var keyspace = metadata.GetKeyspace(settings.Keyspace)
            ?? throw Refuse($"Cassandra has no keyspace '{settings.Keyspace}': run 'shortener migrate' with the same settings first.");
        var datacenters = metadata.AllHosts().Select(host => host.Datacenter).Distinct().Order(StringComparer.Ordinal).ToList();
        if (!datacenters.Contains(settings.LocalDatacenter))
        {
            throw Refuse(
                $"Cassandra has no data centre '{settings.LocalDatacenter}', only {string.Join(", ", datacenters)}: " +
                "correct Shortener:Cassandra:LocalDatacenter.");
        }

        if (!settings.Replication.IsThatOf(keyspace.Replication) || keyspace.StrategyClass != "NetworkTopologyStrategy")
        {
            throw Refuse(
                $"Keyspace '{settings.Keyspace}' is replicated by {keyspace.StrategyClass} as {Replication.Describe(keyspace.Replication)}, " +
                $"and Shortener:Cassandra:Replication says {settings.Replication}: alter the keyspace and repair it, or correct the setting.");
        }

        var isLocal = new[] { settings.ReadConsistency, settings.WriteConsistency, settings.SerialConsistency }
            .Any(level => level is ConsistencyLevel.LocalQuorum or ConsistencyLevel.LocalSerial);
        if (isLocal && !settings.Replication.Copies.ContainsKey(settings.LocalDatacenter))
        {
            throw Refuse(
                $"Keyspace '{settings.Keyspace}' has no copies in the data centre '{settings.LocalDatacenter}', so that LOCAL_QUORUM and " +
                "LOCAL_SERIAL mean nobody there: correct Shortener:Cassandra:LocalDatacenter, or take QUORUM and SERIAL.");
        }

        return [.. Warnings(settings)];
    }

    private static IEnumerable<string> Warnings(CassandraSettings settings)
    {
        foreach (var (datacenter, copies) in settings.Replication.Copies.Where(entry => entry.Value < FewestForQuorum))
            yield return $"Data centre '{datacenter}' keeps {copies} copies: while one of their nodes is away, links cannot be made or read there.";
        if (settings.Replication.Copies.Count == 1) yield break;
        if (settings.SerialConsistency == ConsistencyLevel.LocalSerial)
            yield return "With LOCAL_SERIAL two data centres can each give one alias away: let only one of them make and change links.";
        if (settings is { ReadConsistency: ConsistencyLevel.LocalQuorum, WriteConsistency: not ConsistencyLevel.EachQuorum })
            yield return "A link made in one data centre may be unknown in another for a moment: take EACH_QUORUM for writes where that matters.";
    }

    private static StoreException Refuse(string sentence) => new(StoreFailure.Unavailable, sentence);
}
