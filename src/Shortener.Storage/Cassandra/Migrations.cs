using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// Brings a keyspace to the schema of this version: the numbered scripts in <c>Cassandra/Migrations/</c>, from the one after the
/// last that the table schema_migrations names on. Safe to repeat, also after a crash half-way, and by several processes at once.
/// </summary>
public static class Migrations
{
    /// <summary>The one partition of schema_migrations.</summary>
    internal const string Part = "shortener";

    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS schema_migrations (part text, number int, name text, applied_at timestamp, holder uuid static, " +
        "PRIMARY KEY (part, number))";

    /// <summary>Makes the keyspace where it is missing, and applies the migrations that are missing in it.</summary>
    /// <param name="settings">Which keyspace of which cluster.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told in a sentence where another process has to be waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of the schema that the keyspace has now.</returns>
    /// <exception cref="StoreException">It cannot be done; the message says what to do.</exception>
    public static async Task<int> ApplyAsync(
        CassandraSettings settings, TimeProvider time, Action<string> waiting, CancellationToken cancellationToken)
    {
        // Two nodes that each make a table at once make two tables of one name: all who migrate ask one and the same node.
        var cluster = CassandraCluster.Describe(settings).WithLoadBalancingPolicy(new LowestAddressPolicy()).Build();
        try
        {
            await CreateKeyspaceAsync(cluster, settings, time, cancellationToken);
            var connection = await CassandraCluster.ConnectAsync(cluster, settings, settings.Keyspace);
            var schema = new SchemaChange(connection, time);
            await schema.ApplyAsync(CreateTable, cancellationToken);
            using var session = new CassandraSession(connection, settings, time);
            await using var turn = await MigrationTurn.TakeAsync(session, time, waiting, cancellationToken);
            return await ApplyMissingAsync(session, schema, turn, settings.Keyspace, time, cancellationToken);
        }
        catch (Exception error) when (CassandraErrors.Translate(error, mayHaveWritten: false) is { } failure)
        {
            throw failure;
        }
        finally
        {
            await cluster.ShutdownAsync();
        }
    }

    /// <summary>Refuses a keyspace that has another schema than this version's.</summary>
    internal static async Task CheckAsync(CassandraSession session, string keyspace, CancellationToken cancellationToken)
    {
        var known = MigrationScripts.Of("Cassandra").Count;
        var found = await FindNumberAsync(session, keyspace, cancellationToken);
        if (found < known)
        {
            throw new StoreException(
                StoreFailure.Unavailable,
                $"Keyspace '{keyspace}' has schema {found}, this version needs {known}: run 'shortener migrate'.");
        }

        if (found > known) throw IsNewer(keyspace, found, known);
    }

    private static StoreException IsNewer(string keyspace, int found, int known) => new(
        StoreFailure.Unavailable,
        $"Keyspace '{keyspace}' was migrated by a newer version (schema {found}, this one knows {known}): use that version.");

    private static async Task<int> FindNumberAsync(CassandraSession session, string keyspace, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await session.ReadDecidedAsync(
                new("SELECT number FROM schema_migrations WHERE part = ? ORDER BY number DESC LIMIT 1", Part), cancellationToken);
            // A partition with nothing but a holder has one row without a number.
            return rows is [var last] ? last.GetValue<int?>("number") ?? 0 : 0;
        }
        catch (InvalidQueryException error)
        {
            throw new StoreException(
                StoreFailure.Unavailable,
                $"Keyspace '{keyspace}' has no tables of this service: run 'shortener migrate' with the same settings first.", error);
        }
    }

    private static async Task CreateKeyspaceAsync(
        Cluster cluster, CassandraSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await CassandraCluster.ConnectAsync(cluster, settings, keyspace: null);
        foreach (var (datacenter, copies) in settings.Replication.Copies)
        {
            var nodes = cluster.AllHosts().Count(host => host.Datacenter == datacenter);
            if (nodes < copies)
            {
                throw new StoreException(
                    StoreFailure.Unavailable,
                    $"Shortener:Cassandra:Replication wants {copies} copies in the data centre '{datacenter}', which has {nodes} nodes: " +
                    "add nodes, or write a smaller number.");
            }
        }

        await new SchemaChange(connection, time).ApplyAsync(
            $"CREATE KEYSPACE IF NOT EXISTS {settings.Keyspace} WITH replication = {settings.Replication.ToCql()}", cancellationToken);
        await connection.ShutdownAsync();
    }

    private static async Task<int> ApplyMissingAsync(
        CassandraSession session, SchemaChange schema, MigrationTurn turn, string keyspace, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var scripts = MigrationScripts.Of("Cassandra");
        var current = await FindNumberAsync(session, keyspace, cancellationToken);
        if (current > scripts.Count) throw IsNewer(keyspace, current, scripts.Count);
        for (var number = current + 1; number <= scripts.Count; number++)
        {
            var (name, text) = scripts[number - 1];
            foreach (var statement in text.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                await turn.ExtendAsync(cancellationToken);
                await schema.ApplyAsync(statement, cancellationToken);
            }

            await turn.ExtendAsync(cancellationToken);
            await session.WriteAsync(
                new("INSERT INTO schema_migrations (part, number, name, applied_at) VALUES (?, ?, ?, ?)",
                    Part, number, name, time.GetUtcNow()),
                cancellationToken);
        }

        return scripts.Count;
    }
}
