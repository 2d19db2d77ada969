using System.Net;
using Shortener.Core;
using Shortener.Storage.Redis;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Core;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>Redis goes away and comes back: links are found all along, and no change is forgotten.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private const int Links = 20;

    private static readonly LinkCacheSettings Settings = CachedProcess.LinkSettings with
    {
        ReadTimeout = TimeSpan.FromMilliseconds(200), WriteTimeout = TimeSpan.FromMilliseconds(400),
    };

    private readonly EmbeddedDatabase _database = new();
    private readonly RedisServer _server = new();
    private TcpProxy _proxy = null!;
    private CachedProcess _process = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _proxy = new TcpProxy(_server.EndPoint);
        _process = await StartAsync(_proxy.EndPoint);
        for (var i = 0; i < Links; i++) await _process.CreateAsync($"a{i}", $"https://example.com/{i}");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Theory]
    [InlineData(RedisOutage.Killed)]
    [InlineData(RedisOutage.Paused)]
    [InlineData(RedisOutage.Blackholed)]
    public async Task Links_are_found_all_along_and_Redis_is_asked_again_once_it_answers(RedisOutage outage)
    {
        await FindAllAsync();
        Assert.Equal(0, _process.Inner.Finds);

        await outage.BeginAsync(_server, _proxy);
        await Until.TrueAsync(async () =>
        {
            await FindAllAsync();
            return !_process.Connection.IsUp;
        });
        // While it is down no call is made: none is added to those that failed.
        var failures = _process.Connection.Failures;
        await FindAllAsync();
        Assert.Equal(failures, _process.Connection.Failures);

        await outage.EndAsync(_server, _proxy);
        await Until.TrueAsync(async () =>
        {
            await FindAllAsync();
            return _process.Connection.IsUp;
        });
        Assert.Equal(2, _process.Connection.Connections);
        await FindAllAsync();
        var finds = _process.Inner.Finds;
        await FindAllAsync();
        Assert.Equal(finds, _process.Inner.Finds);
    }

    [Fact]
    public async Task After_an_outage_Redis_is_not_believed_until_others_can_have_written_their_changes()
    {
        await using var other = await StartAsync(_proxy.EndPoint, Settings with { Settling = TimeSpan.FromSeconds(5) });
        await RedisOutage.Blackholed.BeginAsync(_server, _proxy);
        await Until.TrueAsync(async () =>
        {
            await other.LocationAsync("a1");
            return !other.Connection.IsUp;
        });
        // As a process does whose change Redis has not taken.
        var link = Assert.IsType<Shortener.Core.Links.Link>(await _process.Inner.FindAsync("a0", Token));
        Assert.True(await _process.Inner.UpdateAsync(
            link with { Url = "https://changed.example/", Version = 2, RequestId = Guid.CreateVersion7() }, 1, Token));
        await RedisOutage.Blackholed.EndAsync(_server, _proxy);
        await Until.TrueAsync(() => other.Connection.IsUp);

        Assert.Equal("https://changed.example/", await other.LocationAsync("a0"));
        other.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("https://example.com/0", await other.LocationAsync("a0"));
    }

    [Theory]
    [InlineData(RedisOutage.Killed)]
    [InlineData(RedisOutage.Paused)]
    [InlineData(RedisOutage.Blackholed)]
    public async Task Changes_that_Redis_did_not_take_are_written_once_it_is_back(RedisOutage outage)
    {
        await outage.BeginAsync(_server, _proxy);
        var link = Assert.IsType<Shortener.Core.Links.Link>(await _process.Store.FindAsync("a0", Token));
        link = await _process.ChangeAsync(link, "https://changed.example/");
        await _process.DeleteAsync(Assert.IsType<Shortener.Core.Links.Link>(await _process.Store.FindAsync("a1", Token)));
        await _process.CreateAsync("new", "https://new.example/");
        Assert.Equal(3, _process.Cache.PendingChanges);
        Assert.Equal("https://changed.example/", await _process.LocationAsync("a0"));
        await Until.TrueAsync(async () =>
        {
            await _process.LocationAsync("a2");
            return !_process.Connection.IsUp;
        });

        await outage.EndAsync(_server, _proxy);
        await Until.TrueAsync(() => _process.Connection.IsUp);
        await using var other = await StartAsync(_server.EndPoint);
        // Paused, it may have taken the change late, and killed, it has forgotten what was before.
        if (outage == RedisOutage.Blackholed) Assert.Equal("https://example.com/0", await other.LocationAsync("a0"));
        Assert.Equal("https://changed.example/", await _process.LocationAsync("a0"));
        Assert.Null(await _process.LocationAsync("a1"));
        await Until.TrueAsync(async () =>
        {
            await _process.Cache.RetryAsync();
            return _process.Cache.PendingChanges == 0;
        });

        Assert.Equal("https://changed.example/", await other.LocationAsync("a0"));
        Assert.Null(await other.LocationAsync("a1"));
        Assert.Equal("https://new.example/", await other.LocationAsync("new"));
        Assert.Equal(0, other.Inner.Finds);
    }

    [Fact]
    public async Task A_process_starts_without_Redis_and_finds_it_later()
    {
        await _server.KillAsync();
        await using var process = CachedProcess.StartWithoutRedis(_server.Address, new SqliteLinkStore(_database.Current), Settings);
        Assert.Equal("https://example.com/0", await process.LocationAsync("a0"));
        Assert.False(process.Connection.IsUp);

        await _server.RestartAsync();
        await process.WaitForAsync(up: true);

        await process.LocationAsync("a0");
        await process.LocationAsync("a0");
        Assert.Equal((2, 1L), (process.Inner.Finds, process.Cache.Hits));
    }

    [Fact]
    public async Task Without_Redis_the_store_is_asked_by_so_many_at_once_and_the_others_hear_that_it_cannot_answer()
    {
        await _server.KillAsync();
        await using var process = CachedProcess.StartWithoutRedis(
            _server.Address, new SqliteLinkStore(_database.Current), Settings with { MaxStoreLookups = 1 });
        var (found, goOn) = process.Inner.HoldNextFind();
        var first = process.LocationAsync("a0");
        await found;

        var refused = await Assert.ThrowsAsync<StoreException>(() => process.LocationAsync("a1"));
        Assert.Equal(StoreFailure.Unavailable, refused.Failure);
        goOn.SetResult();
        Assert.Equal("https://example.com/0", await first);
        Assert.Equal("https://example.com/1", await process.LocationAsync("a1"));
    }

    [Fact]
    public async Task More_changes_than_there_is_room_for_are_counted_as_lost()
    {
        await _server.KillAsync();
        await using var process = CachedProcess.StartWithoutRedis(
            _server.Address, new SqliteLinkStore(_database.Current), Settings with { MaxPending = 2 });
        for (var i = 0; i < 3; i++) await process.CreateAsync($"b{i}");
        var link = await process.ChangeAsync(await process.CreateAsync("b3"), "https://changed.example/");

        Assert.Equal((2, 3L), (process.Cache.PendingChanges, process.Cache.LostChanges));
    }

    /// <summary>What was read still counts; what has changed must not.</summary>
    [Fact]
    public async Task A_full_Redis_that_evicts_nothing_forgets_what_has_changed()
    {
        Assert.Equal("+OK", await _server.CallAsync("CONFIG SET maxmemory 1"));
        var link = Assert.IsType<Shortener.Core.Links.Link>(await _process.Store.FindAsync("a0", Token));
        await _process.ChangeAsync(link, "https://changed.example/");

        Assert.Equal((0, 0L), (_process.Cache.PendingChanges, _process.Connection.Failures));
        for (var i = 0; i < 10; i++) Assert.Equal("https://changed.example/", await _process.LocationAsync("a0"));
        Assert.Equal("https://example.com/1", await _process.LocationAsync("a1"));
        Assert.True(_process.Connection.IsUp);
    }

    [Fact]
    public async Task A_master_that_has_become_a_replica_is_left_and_changes_wait_for_the_next()
    {
        Assert.Equal("+OK", await _server.CallAsync($"REPLICAOF 127.0.0.1 {IPEndPoint.MinPort + 1}"));
        await _process.CreateAsync("new", "https://new.example/");
        Assert.Equal(1, _process.Cache.PendingChanges);

        Assert.Equal("+OK", await _server.CallAsync("REPLICAOF NO ONE"));
        await Until.TrueAsync(async () =>
        {
            await _process.Cache.RetryAsync();
            return _process.Cache.PendingChanges == 0;
        });
        Assert.Equal(2, _process.Connection.Connections);
    }

    private Task<CachedProcess> StartAsync(IPEndPoint endPoint, LinkCacheSettings? settings = null) =>
        CachedProcess.StartAsync(endPoint.ToString(), new SqliteLinkStore(_database.Current), settings ?? Settings);

    private async Task FindAllAsync()
    {
        for (var i = 0; i < Links; i++) Assert.Equal($"https://example.com/{i}", await _process.LocationAsync($"a{i}"));
    }
}
