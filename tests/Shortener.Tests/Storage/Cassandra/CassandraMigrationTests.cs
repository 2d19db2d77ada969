using Cassandra;
using Shortener.Core;
using Shortener.Storage;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Cassandra;

public sealed class CassandraMigrationTests(CassandraServer cassandra) : IAsyncLifetime
{
    /// <summary>The schema of this version.</summary>
    private static readonly int Newest = MigrationScripts.Of("Cassandra").Count;

    private CassandraSettings _settings = null!;
    private ISession? _session;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var node = await cassandra.EndPointAsync();
        _settings = CassandraKeyspace.SettingsFor([node], CassandraServer.NewKeyspaceName());
        _session = await Cluster.Builder().AddContactPoint(node).Build().ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is null) return;
        await ExecuteAsync($"DROP KEYSPACE IF EXISTS {_settings.Keyspace}");
        await _session.Cluster.ShutdownAsync();
    }

    [Fact]
    public async Task A_keyspace_is_made_and_migrated_once_however_often_and_by_however_many_at_once()
    {
        await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MigrateAsync())), number => Assert.Equal(Newest, number));
        Assert.Equal(Newest, await MigrateAsync());

        var rows = (await ExecuteAsync($"SELECT number, name, holder FROM {_settings.Keyspace}.schema_migrations")).ToList();
        Assert.Equal(Enumerable.Range(1, Newest), rows.Select(row => row.GetValue<int>("number")).Order());
        Assert.Contains("0001_initial", rows.Select(row => row.GetValue<string>("name")));
        Assert.All(rows, row => Assert.True(row.IsNull("holder"), "the last one's turn has ended"));
        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_migration_that_was_cut_off_is_gone_on_with()
    {
        await MigrateAsync();
        await ExecuteAsync($"DELETE FROM {_settings.Keyspace}.schema_migrations WHERE part = 'shortener'");
        await ExecuteAsync($"DROP TABLE {_settings.Keyspace}.idempotency");
        await RefusesAsync($"has schema 0, this version needs {Newest}: run 'shortener migrate'.");
        Assert.Equal(Newest, await MigrateAsync());
        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_missing_keyspace_or_one_without_tables_says_what_to_run()
    {
        await RefusesAsync("run 'shortener migrate' with the same settings first.");
        await ExecuteAsync($"CREATE KEYSPACE {_settings.Keyspace} WITH replication = {_settings.Replication.ToCql()}");
        await RefusesAsync("run 'shortener migrate' with the same settings first.");
    }

    [Fact]
    public async Task A_newer_schema_is_neither_used_nor_migrated()
    {
        await MigrateAsync();
        await ExecuteAsync($"INSERT INTO {_settings.Keyspace}.schema_migrations (part, number) VALUES ('shortener', 999)");
        await RefusesAsync($"schema 999, this one knows {Newest}): use that version.");
        var failure = await Assert.ThrowsAsync<StoreException>(MigrateAsync);
        Assert.EndsWith($"schema 999, this one knows {Newest}): use that version.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replication_other_than_the_settings_is_refused()
    {
        await MigrateAsync();
        _settings = _settings with { Replication = Replication.TryParse(["3"], "datacenter1")! };
        await RefusesAsync("alter the keyspace and repair it, or correct the setting.");
        var failure = await Assert.ThrowsAsync<StoreException>(MigrateAsync);
        Assert.Equal(
            "Shortener:Cassandra:Replication wants 3 copies in the data centre 'datacenter1', which has 1 nodes: add nodes, or write a smaller number.",
            failure.Message);
    }

    [Fact]
    public async Task A_data_centre_that_is_not_there_is_refused_and_few_copies_are_warned_of()
    {
        await MigrateAsync();
        await using (var database = await OpenAsync())
            Assert.Contains("keeps 1 of each row", Assert.Single(database.Warnings), StringComparison.Ordinal);
        _settings = _settings with { LocalDatacenter = "elsewhere" };
        await Assert.ThrowsAsync<StoreException>(OpenAsync);
    }

    private Task<int> MigrateAsync() => Migrations.ApplyAsync(_settings, TimeProvider.System, waiting: _ => { }, Token);

    private Task<CassandraDatabase> OpenAsync() => CassandraDatabase.OpenAsync(_settings, TimeProvider.System);

    private async Task RefusesAsync(string end)
    {
        var failure = await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.Equal(StoreFailure.Unavailable, failure.Failure);
        Assert.EndsWith(end, failure.Message, StringComparison.Ordinal);
    }

    private Task<RowSet> ExecuteAsync(string cql) => _session!.ExecuteAsync(new SimpleStatement(cql).SetReadTimeoutMillis(60_000));
}
