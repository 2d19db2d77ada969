using System.Net;
using Microsoft.Data.Sqlite;
using Shortener.Core.Visits;
using Shortener.Server.Telemetry;
using Shortener.Storage.Cassandra;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.Processes;

/// <summary>The command that says whether the accounts of visits agree.</summary>
public sealed class ReconcileTests(KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>, IDisposable
{
    private const string Browser = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_embedded_store_agrees_after_a_stop_and_disagrees_after_a_change()
    {
        await using (var server = await ServerProcess.StartAsync(_directory.Path))
        {
            await VisitAsync(server);
            var (inUse, advice) = await RunAsync();
            Assert.Equal(2, inUse);
            Assert.Contains("in use by another shortener", advice, StringComparison.Ordinal);
            Assert.Equal(0, await server.StopAsync());
        }

        Assert.Equal((0, "1 links, 2 visits by people and 1 by bots, and 1 to aliases that nobody has: the accounts agree."), await RunAsync());

        foreach (var name in (string[])["1.visits", "2.visits", "3.visits.damaged.set-aside"])
            await File.WriteAllBytesAsync(Path.Combine(_directory.Path, "visits", name), new byte[1]);
        var (agrees, told) = await RunAsync();
        Assert.Equal(0, agrees);
        Assert.Contains("\n2 files of visits that are not in the store wait in ", told, StringComparison.Ordinal);
        Assert.Contains("\n1 files of visits that cannot be read were set aside in ", told, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(_directory.Path, "visits"), "*.visits*")) File.Delete(file);

        using (var connection = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(_directory.Path)};Pooling=false"))
        using (var command = connection.CreateCommand())
        {
            connection.Open();
            command.CommandText = "UPDATE visit_totals SET bots = 8 WHERE alias = 'promo'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var (exitCode, output) = await RunAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "Link promo, generation 1: 2 by people and 8 by bots in all, but its days have 2 by people and 1 by bots.",
                "Owner default: 2 by people and 1 by bots, but the links have 2 by people and 8 by bots.",
                "1 links, 2 visits by people and 8 by bots, and 1 to aliases that nobody has: 2 disagreements.",
            ],
            output.Split('\n'));
    }

    [Fact]
    public async Task Cassandra_is_read_while_the_service_runs()
    {
        await using var server = await ServerProcess.StartAsync(
            _directory.Path, [.. keyspace.ProcessSettings(), "Visits:FlushInterval=00:00:00.1000000"]);
        await VisitAsync(server);
        await using (var database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System))
        {
            var store = new CassandraVisitStore(database, new(TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30)));
            LinkGeneration[] accounts = [new("promo", 1), VisitCounter.AllOf("default")];
            await Until.TrueAsync(async () => (await store.TotalsAsync(accounts, default)).All(total => total == new VisitTotal(2, 1)));
        }

        Assert.Equal(
            (0, "1 links, 2 visits by people and 1 by bots, and 1 to aliases that nobody has: the accounts agree."), await RunAsync(keyspace.ProcessSettings()));
        await keyspace.ExecuteAsync(
            "INSERT INTO visit_totals (alias, generation, month, datacenter, people, bots) VALUES ('promo', 1, 24000, 'datacenter1', 5, 0)");
        var (exitCode, output) = await RunAsync(keyspace.ProcessSettings());
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Link promo, generation 1: 7 by people and 1 by bots in all, but its days have 2 by people", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_wrong_and_a_folder_without_a_database_are_told_and_nothing_is_made()
    {
        var (exitCode, output) = await RunAsync("Storage:Kind=cassandro");
        Assert.Equal(2, exitCode);
        Assert.Equal("Shortener:Storage:Kind is 'cassandro': write embedded or cassandra.", output);

        (exitCode, output) = await RunAsync();
        Assert.Equal(2, exitCode);
        Assert.Equal($"There is no database in {_directory.Path}: write its folder in Shortener:Storage:Directory.", output);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Of_many_disagreements_the_first_are_told_and_all_are_counted()
    {
        const int Links = 1_200;
        using (var database = SqliteDatabase.Open(new SqliteSettings(_directory.Path, MaxBytes: 0, BusyTimeout: TimeSpan.FromSeconds(5))))
        {
            var segment = new SegmentCounts();
            for (var i = 0; i < Links; i++) segment.On(new($"link-{i}", 1), DateTimeOffset.UnixEpoch).Add(0, VisitDimension.Total, "", 1, 0);
            await new SqliteVisitStore(database, new(TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30))).AddAsync(Guid.CreateVersion7(), 1, segment, DateTimeOffset.UnixEpoch, default);
        }

        var output = new StringWriter();
        Assert.Equal(
            ReconcileCommand.Disagree,
            await ReconcileCommand.RunAsync([$"--Shortener:Storage:Directory={_directory.Path}"], TimeProvider.System, output));
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(ReconcileCommand.MaxTold + 1, lines.Length);
        // Six dimensions of each link, and the owners, who know of none.
        Assert.Equal("1,200 links, 1,200 visits by people and 0 by bots: 7,201 disagreements, of which the first 100 are above.", lines[^1]);
    }

    /// <summary>A link with three visits, and one of nothing.</summary>
    private static async Task VisitAsync(ServerProcess server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", server.Key);
        (await client.MakeAsync(new { url = "https://example.com/", alias = "promo" })).Expect(HttpStatusCode.Created);
        foreach (var headers in (string[][])[[Browser, "Referer: https://example.org/"], [Browser, "Accept-Language: de"], []])
            (await client.ReadAsync("/promo?utm_source=news", headers)).Expect(HttpStatusCode.Redirect);
        (await client.ReadAsync("/nothing")).Expect(HttpStatusCode.NotFound);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] settings)
    {
        var (exitCode, output) = await ServerProcess.RunCommandAsync(ReconcileCommand.Name, _directory.Path, settings);
        return (exitCode, output.Trim());
    }
}
