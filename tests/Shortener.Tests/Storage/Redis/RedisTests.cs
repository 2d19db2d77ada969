using Shortener.Core.Links;
using Shortener.Storage.Redis;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Core;
using Shortener.Tests.Servers;
using StackExchange.Redis;

namespace Shortener.Tests.Storage.Redis;

/// <summary>A test over a real store and a Redis that a class's tests share: each has keys of its own.</summary>
public abstract class RedisTests(RedisServer server) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private static int _tests;

    private readonly EmbeddedDatabase _database = new();
    private ConnectionMultiplexer _direct = null!;

    private protected ILinkStore Sqlite => field ??= new SqliteLinkStore(_database.Current);

    private protected string Prefix { get; } = $"test{Interlocked.Increment(ref _tests)}:";

    private protected LinkCacheSettings Settings => CachedProcess.LinkSettings with { Prefix = Prefix };

    /// <summary>Redis without the cache.</summary>
    private protected IDatabase Database => _direct.GetDatabase();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _direct = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _direct.CloseAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task StartAsync() => Task.CompletedTask;

    private protected Task<CachedProcess> StartProcessAsync(LinkCacheSettings? settings = null, MovableClock? clock = null) =>
        CachedProcess.StartAsync(server.Address, Sqlite, settings ?? Settings, clock);

    private protected RedisKey KeyOf(string alias) => $"{Prefix}link:{alias}";

    private protected async Task<string?> HeldAsync(string alias) => await Database.StringGetAsync(KeyOf(alias));
}
