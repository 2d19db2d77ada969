using System.Net;
using Cassandra;
using Shortener.Storage;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;
using Xunit.Sdk;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>A keyspace with the schema of this version that the tests of one class share, one after the other; dropped at the end.</summary>
public abstract class CassandraKeyspace : IAsyncLifetime
{
    /// <summary>What eng/cassandra's nodes call their data centre.</summary>
    private const string Datacenter = "datacenter1";

    private ISession[] _sessions = [];
    private bool _isClean = true;

    private SkipException? _noServer;
    private CassandraSettings _settings = null!;

    /// <summary>How a store opens the keyspace; skips the test where there is no Cassandra.</summary>
    internal CassandraSettings Settings => _noServer is null ? _settings : throw _noServer;

    public async ValueTask InitializeAsync()
    {
        IReadOnlyList<IPEndPoint> nodes;
        try
        {
            nodes = await NodesAsync();
        }
        catch (SkipException reason)
        {
            // A fixture that skips here would fail its tests: those that use it skip.
            _noServer = reason;
            return;
        }

        _settings = SettingsFor(nodes, CassandraServer.NewKeyspaceName());
        await Migrations.ApplyAsync(Settings, TimeProvider.System, waiting: _ => { }, CancellationToken.None);
        _sessions = await Task.WhenAll(nodes.Select(node => Cluster.Builder().AddContactPoint(node)
            .WithLoadBalancingPolicy(new OneNodePolicy(node)).WithMaxSchemaAgreementWaitSeconds(0).Build().ConnectAsync(Settings.Keyspace)));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_sessions.Length > 0) await ExecuteAsync($"DROP KEYSPACE {Settings.Keyspace}");
        foreach (var session in _sessions) await session.Cluster.ShutdownAsync();
    }

    /// <summary>Settings with time-outs that a busy machine does not meet.</summary>
    internal static CassandraSettings SettingsFor(IReadOnlyList<IPEndPoint> nodes, string keyspace) => new(
        [.. nodes.Select(node => node.Address.ToString())], nodes[0].Port, keyspace, Datacenter,
        Replication.TryParse([$"{Math.Min(nodes.Count, 3)}"], Datacenter)!,
        RequestTimeout: TimeSpan.FromSeconds(10), DecisionTimeout: TimeSpan.FromSeconds(60));

    /// <summary>What a process is told, to use this keyspace.</summary>
    internal string[] ProcessSettings() =>
    [
        "Storage:Kind=cassandra", $"Cassandra:ContactPoints={string.Join(',', Settings.ContactPoints)}", $"Cassandra:Port={Settings.Port}",
        $"Cassandra:Keyspace={Settings.Keyspace}", $"Cassandra:Replication={Settings.Replication.Copies.Values.Single()}",
        $"Cassandra:RequestTimeout={Settings.RequestTimeout:c}", $"Cassandra:DecisionTimeout={Settings.DecisionTimeout:c}",
    ];

    /// <summary>
    /// Removes what the test before has left in the lists and in tables. Those are made anew, because a truncated table may get
    /// back what a conditional write was about to write: Paxos goes on with it.
    /// </summary>
    internal async Task CleanAsync(IReadOnlyList<string> tables)
    {
        if (!_isClean && _noServer is null && tables.Count > 0)
        {
            await Task.WhenAll(ExecuteAsync("TRUNCATE list_entries"), ExecuteAsync("TRUNCATE list_buckets"));
            foreach (var table in tables)
            {
                await ExecuteAsync($"DROP TABLE {table}");
                await ExecuteAsync(MigrationScripts.Of("Cassandra").SelectMany(script => script.Text.Split(";\n"))
                    .Single(statement => statement.Contains($"CREATE TABLE IF NOT EXISTS {table} (", StringComparison.Ordinal)));
            }

            await AgreeAsync();
        }

        _isClean = false;
    }

    /// <summary>Waits until all nodes have one schema, by asking each: what they know of each other is up to a second old.</summary>
    private Task AgreeAsync()
    {
        return Until.TrueAsync(async () => (await Task.WhenAll(_sessions.Select(VersionAsync))).Distinct().Count() == 1);

        static async Task<Guid> VersionAsync(ISession session) =>
            (await session.ExecuteAsync(new SimpleStatement("SELECT schema_version FROM system.local").SetAutoPage(false))).Single().GetValue<Guid>(0);
    }

    internal Task<RowSet> ExecuteAsync(string cql) =>
        _sessions[0].ExecuteAsync(new SimpleStatement(cql).SetReadTimeoutMillis(60_000).SetAutoPage(false));

    /// <summary>The nodes of the cluster; skips the test where there are none.</summary>
    private protected abstract Task<IReadOnlyList<IPEndPoint>> NodesAsync();
}

/// <summary>On the node that tests share.</summary>
public sealed class KeyspaceOfOneNode(CassandraServer cassandra) : CassandraKeyspace
{
    private protected override async Task<IReadOnlyList<IPEndPoint>> NodesAsync() => [await cassandra.EndPointAsync()];
}

/// <summary>On three nodes, each of which has a copy of everything.</summary>
public sealed class KeyspaceOfThreeNodes(CassandraRing ring) : CassandraKeyspace
{
    private protected override async Task<IReadOnlyList<IPEndPoint>> NodesAsync()
    {
        await ring.HealAsync();
        return ring.EndPoints;
    }
}
