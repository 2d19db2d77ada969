using System.Collections.Concurrent;
using System.Net;
using Microsoft.Data.Sqlite;

namespace Shortener.Tests.Server.Processes;

public sealed class CrashTests
{
    private const int Clients = 32;

    /// <summary>How many creates are under way when a server is killed, and how often; README has the command of a large run.</summary>
    private static readonly int Creates = TestSize.Of("SHORTENER_TEST_CREATES", 1500), Kills = TestSize.Of("SHORTENER_TEST_KILLS", 2);

    [Fact]
    public async Task What_was_answered_201_survives_kill_9()
    {
        using var directory = new TemporaryDirectory();
        var answered = new ConcurrentDictionary<string, string>();
        string? key = null;
        for (var round = 0; round < Kills; round++)
        {
            await using var server = await ServerProcess.StartAsync(directory.Path);
            key ??= server.Key;
            await AssertAllThereAsync(server, answered);
            await CreateUntilAsync(server, key!, answered, answered.Count + Creates / 2, server.KillAsync);
        }

        await using var last = await ServerProcess.StartAsync(directory.Path);
        Assert.InRange(answered.Count, Kills * (Creates / 2), int.MaxValue);
        await AssertAllThereAsync(last, answered);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {answered.Count} answered 201, 0 lost");
    }

    [Fact]
    public async Task A_stop_under_load_loses_nothing_and_hands_keys_back()
    {
        using var directory = new TemporaryDirectory();
        var answered = new ConcurrentDictionary<string, string>();
        var exitCode = -1;
        await using (var server = await ServerProcess.StartAsync(directory.Path, "Keys:BlockSize=1000", "Keys:PoolSize=100", "Keys:LowWater=50"))
            await CreateUntilAsync(server, server.Key!, answered, 300, async () => exitCode = await server.StopAsync());
        Assert.Equal(0, exitCode);

        // Every number that was leased is a link's or was handed back, but for those of creates that the stop refused.
        var (next, free) = (Query(directory, "SELECT next FROM key_spaces"), Query(directory, "SELECT COALESCE(SUM(end - first), 0) FROM free_numbers"));
        Assert.InRange(next - free, answered.Count, answered.Count + Clients);
        Assert.Equal(Query(directory, "SELECT COUNT(*) FROM links"), next - free);

        await using var again = await ServerProcess.StartAsync(directory.Path, "Keys:BlockSize=1000");
        await AssertAllThereAsync(again, answered);
    }

    /// <summary>Makes links until so many were answered, ends the server then, and goes on until every client has noticed.</summary>
    private static async Task CreateUntilAsync(
        ServerProcess server, string key, ConcurrentDictionary<string, string> answered, int enough, Func<Task> end)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        var ending = new Lazy<Task>(end);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async worker =>
        {
            try
            {
                for (var i = worker; ; i += Clients)
                {
                    var url = $"https://example.com/{i}";
                    var answer = await client.MakeAsync(new { url });
                    if (answer.Status != 201) break;
                    answered[answer.StringOf("alias")!] = url;
                    if (answered.Count >= enough) _ = ending.Value;
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone.
            }
        }));
        await ending.Value;
    }

    private static async Task AssertAllThereAsync(ServerProcess server, ConcurrentDictionary<string, string> answered)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        foreach (var batch in answered.Chunk(50))
        {
            var visits = await Task.WhenAll(batch.Select(async link => (link, Answer: await client.ReadAsync($"/{link.Key}"))));
            Assert.All(visits, visit => Assert.Equal(visit.link.Value, visit.Answer.Expect(HttpStatusCode.Redirect).Location));
        }
    }

    private static long Query(TemporaryDirectory directory, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={directory.File("shortener.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
