using Shortener.Core.Links;
using Shortener.Storage.Redis;
using Shortener.Tests.Core.Links;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>What one process has of the shared cache, over a store that may be shared with others, and its own connection.</summary>
internal sealed class CachedProcess : IAsyncDisposable
{
    /// <summary>So long that a busy machine runs into none of the deadlines.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly LinkCacheSettings LinkSettings = new(
        Prefix: "", Lifetime: TimeSpan.FromMinutes(10), UnknownLifetime: TimeSpan.FromSeconds(10), MarkerLifetime: TimeSpan.FromMinutes(1),
        LeaseLifetime: TimeSpan.FromSeconds(20), ReadTimeout: Patience, WriteTimeout: Patience, MaxStoreLookups: 100, MaxPending: 100,
        Settling: TimeSpan.Zero);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private CachedProcess(string connection, ILinkStore inner, LinkCacheSettings links, MovableClock? clock)
    {
        Clock = clock ?? new MovableClock();
        Connection = new RedisConnection(
            new RedisSettings(connection, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), Failures: 3, Window: TimeSpan.FromSeconds(10)), Clock);
        Cache = new LinkCache(Connection, links, Clock);
        Inner = new LinkStoreDecorator(inner);
        Store = new CachedLinkStore(Inner, Cache);
        Lookup = new RedisLinkLookup(Inner, Cache);
        _running = Connection.RunAsync(_stop.Token);
    }

    public MovableClock Clock { get; }

    public RedisConnection Connection { get; }

    public LinkCache Cache { get; }

    /// <summary>The store behind, which counts look-ups and can be made to fail.</summary>
    public LinkStoreDecorator Inner { get; }

    public CachedLinkStore Store { get; }

    public RedisLinkLookup Lookup { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts, and waits for Redis.</summary>
    public static async Task<CachedProcess> StartAsync(string connection, ILinkStore store, LinkCacheSettings? links = null, MovableClock? clock = null)
    {
        var process = StartWithoutRedis(connection, store, links, clock);
        await process.WaitForAsync(up: true);
        return process;
    }

    public static CachedProcess StartWithoutRedis(
        string connection, ILinkStore store, LinkCacheSettings? links = null, MovableClock? clock = null) =>
        new(connection, store, links ?? LinkSettings, clock);

    public static Link NewLink(string alias, string url = "https://example.com/") => new()
    {
        Alias = alias, Owner = "ann", Url = url, IsCustom = true, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        RedirectStatus = 302, RequestId = Guid.CreateVersion7(),
    };

    /// <summary>Inserts a link through the cache.</summary>
    public async Task<Link> CreateAsync(string alias, string url = "https://example.com/") =>
        Assert.IsType<Link>(await Store.InsertAsync(NewLink(alias, url), Token));

    /// <summary>Changes where a link leads through the cache.</summary>
    public async Task<Link> ChangeAsync(Link link, string url)
    {
        var changed = link with { Url = url, Version = link.Version + 1, RequestId = Guid.CreateVersion7() };
        Assert.True(await Store.UpdateAsync(changed, link.Version, Token));
        return changed;
    }

    public async Task DeleteAsync(Link link) =>
        Assert.True(await Store.DeleteAsync(link.Alias, link.Version, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, Token));

    /// <summary>Where the alias leads, by Redis or the store, whatever any resolver has in memory; null: unknown.</summary>
    public async Task<string?> LocationAsync(string alias) => (await Lookup.FindAsync(alias, Token))?.Location;

    public Task WaitForAsync(bool up) => Until.TrueAsync(() => Connection.IsUp == up);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.True(_running.IsCanceled, $"{_running.Exception}");
        await Connection.DisposeAsync();
        _stop.Dispose();
    }
}
