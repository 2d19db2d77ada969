using System.Net;
using Cassandra;
using Shortener.Server.Hosting;
using Shortener.Server.Settings;
using Shortener.Tests.Server.Stats;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server.Processes;

/// <summary>The service over Cassandra, from an empty cluster on.</summary>
public sealed class CassandraServiceTests(CassandraServer cassandra) : IAsyncDisposable
{
    private readonly string _keyspace = CassandraServer.NewKeyspaceName();

    public async ValueTask DisposeAsync()
    {
        var session = await Cluster.Builder().AddContactPoint(await cassandra.EndPointAsync()).Build().ConnectAsync();
        await session.ExecuteAsync(new SimpleStatement($"DROP KEYSPACE IF EXISTS {_keyspace}").SetReadTimeoutMillis(60_000));
        await session.Cluster.ShutdownAsync();
    }

    [Fact]
    public async Task After_migrate_two_processes_share_their_links_and_a_later_one_has_them()
    {
        var node = await cassandra.EndPointAsync();
        string[] settings =
        [
            "Storage:Kind=cassandra", $"Cassandra:ContactPoints={node.Address}", $"Cassandra:Port={node.Port}",
            $"Cassandra:Keyspace={_keyspace}", "Cassandra:Replication=1", "Cache:MissLifetime=00:00:01",
        ];
        var output = new StringWriter();
        await MigrateCommand.RunAsync([.. settings.Select(setting => $"--Shortener:{setting}")], TimeProvider.System, output);
        Assert.Matches("^Keyspace 'test_[0-9a-f]+' has schema [0-9]+\\.\n$", output.ToString());

        await using var first = await RunningServer.StartAsync(settings);
        await using var second = await RunningServer.StartAsync(settings);
        var link = (await first.CreateAsync(new { url = "https://example.com/shared" })).GetProperty("alias").GetString()!;
        Assert.Matches("^[0-9A-Za-z]{7}$", link);
        await AssertLeadsAsync(second, link, "https://example.com/shared");
        (await first.Client.CallAsync("GET", "/health/ready")).Expect(HttpStatusCode.OK);
        await first.RestartAsync();
        await AssertLeadsAsync(first, link, "https://example.com/shared");

        using var again = second.ClientFor(first.Key);
        await new StoredVisits(first).Add(link, "2026-03-01T10:00Z", 3).StoreAsync();
        Assert.Equal(3, (await StatsAnswer.OfAsync(again, link, "from=2026-03-01&to=2026-03-02")).Total.People);
        var taken = new { url = "https://example.com/", alias = "promo" };
        (await again.MakeAsync(taken, "Idempotency-Key: one")).Expect(HttpStatusCode.Created);
        (await first.Client.MakeAsync(taken, "Idempotency-Key: one")).Expect(HttpStatusCode.Created);
        (await first.Client.MakeAsync(taken, "Idempotency-Key: two")).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_process_before_migrate_says_what_to_run()
    {
        var node = await cassandra.EndPointAsync();
        using var directory = new TemporaryDirectory();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(
            directory.Path, 0, "Storage:Kind=cassandra", $"Cassandra:ContactPoints={node.Address}", $"Cassandra:Port={node.Port}",
            $"Cassandra:Keyspace={_keyspace}");
        Assert.Equal(1, exitCode);
        Assert.Equal($"Cassandra has no keyspace '{_keyspace}': run 'shortener migrate' with the same settings first.", output.Trim());
    }

    [Fact]
    public async Task Migrating_the_embedded_database_is_refused_with_a_sentence()
    {
        var failure = await Assert.ThrowsAsync<SettingsException>(() => MigrateCommand.RunAsync([], TimeProvider.System, TextWriter.Null));
        Assert.Contains("write Shortener:Storage:Kind=cassandra", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertLeadsAsync(RunningServer server, string alias, string url)
    {
        using var answer = await server.Client.GetAsync(new Uri($"/{alias}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(url, answer.Headers.Location!.OriginalString);
    }
}
