using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>A keyspace of a Cassandra cluster that has the schema of this version.</summary>
public sealed class CassandraDatabase : IAsyncDisposable
{
    private readonly Cluster _cluster;

    private CassandraDatabase(Cluster cluster, ISession session, CassandraSettings settings, TimeProvider time, IReadOnlyList<string> warnings)
    {
        (_cluster, Warnings) = (cluster, warnings);
        Session = new CassandraSession(session, settings, time);
    }

    /// <summary>What works and may still be other than wanted, a sentence each for the operator.</summary>
    public IReadOnlyList<string> Warnings { get; }

    internal CassandraSession Session { get; }

    /// <summary>Connects, and checks schema, replication and consistency levels.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says what to do.</exception>
    public static async Task<CassandraDatabase> OpenAsync(CassandraSettings settings, TimeProvider time)
    {
        var cluster = CassandraCluster.Describe(settings).Build();
        try
        {
            var session = await CassandraCluster.ConnectAsync(cluster, settings, settings.Keyspace);
            var warnings = KeyspaceCheck.Check(cluster.Metadata, settings);
            var database = new CassandraDatabase(cluster, session, settings, time, warnings);
            await Migrations.CheckAsync(database.Session, settings.Keyspace, CancellationToken.None);
            return database;
        }
        catch
        {
            await cluster.ShutdownAsync();
            throw;
        }
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync() => await _cluster.ShutdownAsync();
}
