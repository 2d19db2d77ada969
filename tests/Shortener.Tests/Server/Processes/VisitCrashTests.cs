using System.Net;
using Shortener.Core.Visits;
using Shortener.Storage.Cassandra;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.Processes;

/// <summary>
/// A server is killed with -9 under a load of visits, again and again: the store has in the end at least as many visits as were
/// answered, and at most as many as were sent.
/// </summary>
public sealed class VisitCrashTests(KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>, IDisposable
{
    private const int Clients = 16, Links = 20;

    /// <summary>How often it is killed, and after how many visits each time.</summary>
    private static readonly int Kills = TestSize.Of("SHORTENER_TEST_KILLS", 5), Visits = TestSize.Of("SHORTENER_TEST_VISITS", 1_000);

    private readonly TemporaryDirectory _directory = new();
    private readonly Load _load = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Visits_in_SQLite_are_neither_lost_nor_counted_twice()
    {
        await KillUnderLoadAsync();
        using var database = SqliteDatabase.Open(
            new SqliteSettings(_directory.Path, MaxBytes: 0, BusyTimeout: TimeSpan.FromSeconds(5), Readers: 1));
        await AssertAddsUpAsync(new SqliteVisitStore(database, new(TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30))));
    }

    [Fact]
    public async Task Visits_in_Cassandra_are_neither_lost_nor_counted_twice()
    {
        await KillUnderLoadAsync(keyspace.ProcessSettings());
        await using var database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        await AssertAddsUpAsync(new CassandraVisitStore(database, new(TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30))));
    }

    private async Task KillUnderLoadAsync(params string[] settings)
    {
        // Many small segments: a kill meets them in every state.
        settings = [.. settings, "Visits:FlushInterval=00:00:00.2000000", "Visits:SegmentBytes=65536", "RateLimits:PerKey=1000000"];
        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var server = await ServerProcess.StartAsync(_directory.Path, settings);
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
            if (kill == 0)
            {
                client.DefaultRequestHeaders.Add("X-Api-Key", server.Key);
                for (var i = 0; i < Links; i++)
                    (await client.MakeAsync(new { url = "https://example.com/", alias = AliasOf(i) })).Expect(HttpStatusCode.Created);
            }

            if (kill < Kills) await _load.RunAsync(client, _load.Answered + Visits, server.KillAsync);
            else Assert.Equal(0, await server.StopAsync());
        }
    }

    private async Task AssertAddsUpAsync(IVisitStore store)
    {
        Assert.Empty(Directory.GetFiles(_directory.File("visits"), "*.visits"));
        var totals = await store.TotalsAsync([.. Enumerable.Range(0, Links).Select(i => new LinkGeneration(AliasOf(i), 1))], default);
        var stored = totals.Sum(total => total.People + total.Bots);
        Assert.InRange(stored, _load.Answered, _load.Sent);
        Assert.Equal(stored, Assert.Single(await store.TotalsAsync([VisitCounter.AllOf("default")], default)).Bots);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {_load.Sent} sent, {_load.Answered} answered 302, {stored} stored");
    }

    private static string AliasOf(int link) => $"link-{link}";

    private sealed class Load
    {
        private int _sent;
        private int _answered;

        public int Sent => Volatile.Read(ref _sent);

        public int Answered => Volatile.Read(ref _answered);

        /// <summary>Visits until so many were answered, ends the server then, and goes on until every client has noticed.</summary>
        public async Task RunAsync(HttpClient client, int enough, Func<Task> end)
        {
            var ending = new Lazy<Task>(end);
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async worker =>
            {
                try
                {
                    for (var i = worker; ; i += Clients)
                    {
                        Interlocked.Increment(ref _sent);
                        (await client.ReadAsync($"/{AliasOf(i % Links)}")).Expect(HttpStatusCode.Redirect);
                        if (Interlocked.Increment(ref _answered) >= enough) _ = ending.Value;
                    }
                }
                catch (HttpRequestException)
                {
                    // The server is gone.
                }
            }));
            await ending.Value;
        }
    }
}
