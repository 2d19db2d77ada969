using Shortener.Storage.Sqlite;
using Shortener.Tests.Core;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>A real Sentinel, a master and a replica.</summary>
public sealed class SentinelTests
{
    [Fact]
    public async Task The_master_of_the_day_is_found_before_and_after_it_has_died()
    {
        using var database = new EmbeddedDatabase();
        await using var master = new RedisServer();
        await master.InitializeAsync();
        await using var replica = new RedisServer("--replicaof", "127.0.0.1", $"{master.EndPoint.Port}");
        await replica.InitializeAsync();
        await using var sentinel = await SentinelServer.StartAsync(master.EndPoint);
        await sentinel.KnowsAsync(replicas: 1);
        await using var process = await CachedProcess.StartAsync(
            $"{sentinel.Address},serviceName={SentinelServer.Master}", new SqliteLinkStore(database.Current));
        var link = await process.CreateAsync("a", "https://old.example/");
        Assert.Equal((0, ":1"), (process.Cache.PendingChanges, await master.CallAsync("DBSIZE")));

        await master.KillAsync();
        await process.ChangeAsync(link, "https://new.example/");
        Assert.Equal("https://new.example/", await process.LocationAsync("a"));
        await Until.TrueAsync(async () =>
        {
            await process.LocationAsync("b");
            await process.Cache.RetryAsync();
            return process.Cache.PendingChanges == 0;
        });

        await using var other = await CachedProcess.StartAsync(replica.Address, new SqliteLinkStore(database.Current));
        Assert.Equal(("https://new.example/", 0), (await other.LocationAsync("a"), other.Inner.Finds));
    }
}
