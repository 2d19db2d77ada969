using System.Net;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server.RateLimits;

/// <summary>Processes of their own that know the same developer key: each has a copy of one database, and all have one Redis.</summary>
public sealed class SharedRateLimitTests : IAsyncLifetime
{
    private const int Processes = 8, Limit = 300;

    private readonly TemporaryDirectory _directory = new();
    private readonly RedisServer _redis = new();
    private readonly List<ServerProcess> _servers = [];
    private readonly List<HttpClient> _clients = [];
    private string _key = "";

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var server in _servers) await server.DisposeAsync();
        await _redis.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Eight_processes_admit_a_key_as_often_as_one_and_without_Redis_each_limits_by_itself()
    {
        await StartAsync();
        var answers = await AskAsync(each: 100);
        Assert.Equal(Limit, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), refused =>
        {
            refused.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
            Assert.StartsWith("\"key\";r=0;t=", refused.Header("RateLimit"));
            Assert.NotNull(refused.Header("Retry-After"));
        });

        await _redis.KillAsync();
        var alone = await AskAsync(each: Limit);
        Assert.All(alone, answer => Assert.True(answer.Status is 200 or 429, answer.Text));
        // Every process has let in its limit now, and none more.
        Assert.Equal((Processes - 1) * Limit, alone.Count(answer => answer.Status == 200));
        Assert.All(await AskAsync(each: 5), answer => answer.Expect(HttpStatusCode.TooManyRequests));

        await _redis.RestartAsync();
        await Until.TrueAsync(async () => (await AskAsync(each: 1)).All(answer => answer.Status == 200));
    }

    private async Task StartAsync()
    {
        var address = _redis.Address;
        await using (var first = await ServerProcess.StartAsync(_directory.File("0")))
        {
            _key = first.Key!;
            Assert.Equal(0, await first.StopAsync());
        }

        for (var i = 1; i < Processes; i++)
        {
            Directory.CreateDirectory(_directory.File($"{i}"));
            foreach (var file in Directory.GetFiles(_directory.File("0"))) File.Copy(file, Path.Combine(_directory.File($"{i}"), Path.GetFileName(file)));
        }

        foreach (var i in Enumerable.Range(0, Processes))
        {
            // A day: no window ends within the test, but at midnight. The deadline is one that a busy machine does not meet.
            _servers.Add(await ServerProcess.StartAsync(
                _directory.File($"{i}"), $"Redis:Connection={address}", $"RateLimits:PerKey={Limit}", "RateLimits:Window=1.00:00:00",
                "RateLimits:RedisTimeout=00:00:10"));
            var client = new HttpClient { BaseAddress = _servers[i].Address };
            client.DefaultRequestHeaders.Add("X-Api-Key", _key);
            _clients.Add(client);
            using var page = new HttpClient { BaseAddress = _servers[i].Address };
            await Until.TrueAsync(async () => (await page.GetStringAsync("/metrics")).Contains("shortener_redis_up 1", StringComparison.Ordinal));
        }
    }

    private async Task<List<ApiAnswer>> AskAsync(int each)
    {
        var answers = await Task.WhenAll(_clients.SelectMany(client => Enumerable.Range(0, Math.Min(each, 10)).Select(async worker =>
        {
            var answers = new List<ApiAnswer>();
            for (var i = worker; i < each; i += 10) answers.Add(await client.ReadAsync($"{Api.Links}?limit=1"));
            return answers;
        })));
        return [.. answers.SelectMany(list => list)];
    }
}
