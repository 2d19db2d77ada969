using System.Net;
using Shortener.Tests.Compat;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.Processes;

/// <summary>
/// Two processes over three Cassandra nodes and a Redis, under a load of visits and creates, while one of the servers behind
/// them goes away and comes back: every visit of a link that is there is answered, and no link that was answered is lost.
/// </summary>
[Collection(CassandraRing.Collection), Trait("Run", "long")]
public sealed class ClusterOutageTests(CassandraRing ring, KeyspaceOfThreeNodes keyspace, RedisServer redis)
    : IClassFixture<KeyspaceOfThreeNodes>, IClassFixture<RedisServer>, IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<ServerProcess> _processes = [];
    private TcpProxy _proxy = null!;
    private ClusterLoad _load = null!;

    public async ValueTask InitializeAsync()
    {
        await ring.HealAsync();
        await keyspace.CleanAsync(["links"]);
        _proxy = new TcpProxy(redis.EndPoint);
        string[] settings =
        [
            .. keyspace.ProcessSettings(), $"Redis:Connection={_proxy.EndPoint}",
            "RateLimits:PerKey=1000000", "RateLimits:PerNetwork=1000000", "RateLimits:WholeApi=1000000",
        ];
        for (var i = 0; i < 2; i++) _processes.Add(await ServerProcess.StartAsync(_directory.Path, settings));
        _load = new ClusterLoad([.. _processes.Select(process => process.Address)], _processes[0].Key!);
        await _load.MadeAsync(50);
    }

    public async ValueTask DisposeAsync()
    {
        if (_load is not null) await _load.DisposeAsync();
        foreach (var process in _processes) await process.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_node_that_is_killed_and_started_again_fails_no_visit_and_loses_no_link()
    {
        await ring.KillAsync(3);
        await _load.MadeAsync(100);
        await _load.VisitedAsync(1_000);
        await ring.RestartAsync(3);
        await _load.MadeAsync(50);

        await _load.AssertNothingLostAsync();
    }

    [Theory]
    [InlineData(RedisOutage.Killed)]
    [InlineData(RedisOutage.Paused)]
    [InlineData(RedisOutage.Blackholed)]
    public async Task Redis_that_is_away_fails_no_visit_and_is_asked_again_once_it_is_back(RedisOutage outage)
    {
        await Until.TrueAsync(() => AreAllAsync(up: true));

        await outage.BeginAsync(redis, _proxy);
        await Until.TrueAsync(() => AreAllAsync(up: false));
        await _load.VisitedAsync(1_000);
        await _load.MadeAsync(20);
        await outage.EndAsync(redis, _proxy);
        var since = TimeProvider.System.GetTimestamp();
        await Until.TrueAsync(() => AreAllAsync(up: true));
        TestContext.Current.TestOutputHelper!.WriteLine($"{outage}: asked again after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s");
        await _load.VisitedAsync(500);

        await _load.AssertNothingLostAsync();
    }

    private async Task<bool> AreAllAsync(bool up)
    {
        foreach (var process in _processes)
        {
            using var client = new HttpClient { BaseAddress = process.Address };
            var page = (await client.ReadAsync("/metrics")).Expect(HttpStatusCode.OK).Text;
            if (Scrape.Value(page, "shortener_redis_up") != (up ? 1 : 0)) return false;
        }

        return true;
    }
}
