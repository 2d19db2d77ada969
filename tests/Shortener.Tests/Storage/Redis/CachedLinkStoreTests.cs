using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Core;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Redis;

/// <summary>The contract of every link store, with Redis in front.</summary>
[Trait("Store", "SQLite behind Redis")]
public sealed class CachedLinkStoreContractTests(RedisServer server) : LinkStoreContract(new CachedData(server)), IClassFixture<RedisServer>
{
    private sealed class CachedData(RedisServer server) : IStoreData<ILinkStore>
    {
        private readonly EmbeddedDatabase _database = new();
        private CachedProcess? _process;

        public async Task<ILinkStore> OpenAsync()
        {
            if (_process is null) await server.FlushAsync();
            _process = await CachedProcess.StartAsync(server.Address, new SqliteLinkStore(_database.Current));
            return _process.Store;
        }

        public async Task CloseAsync()
        {
            await _process!.DisposeAsync();
            _database.Reopen();
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is not null) await _process.DisposeAsync();
            _database.Dispose();
        }
    }
}

/// <summary>What a write leaves in Redis, and what another process makes of it.</summary>
public sealed class CachedLinkStoreTests(RedisServer server) : RedisTests(server)
{
    private static readonly StoreException InDoubt = new(StoreFailure.UnknownOutcome, "Who knows.");

    private CachedProcess _process = null!;
    private CachedProcess _other = null!;

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _other.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Each_change_is_in_Redis_when_it_is_answered()
    {
        Assert.Null(await _other.LocationAsync("a"));
        var link = await _process.CreateAsync("a", "https://one.example/");
        Assert.Equal("https://one.example/", await _other.LocationAsync("a"));
        link = await _process.ChangeAsync(link, "https://two.example/");
        Assert.Equal("https://two.example/", await _other.LocationAsync("a"));
        await _process.DeleteAsync(link);
        Assert.Null(await _other.LocationAsync("a"));
        await _process.CreateAsync("a", "https://three.example/");
        Assert.Equal("https://three.example/", await _other.LocationAsync("a"));

        // The first look-up is the only one that went to the store.
        Assert.Equal((1, 4L, 1L), (_other.Inner.Finds, _other.Cache.Hits, _other.Cache.Misses));
    }

    [Fact]
    public async Task Each_change_is_told_to_every_process()
    {
        var (here, there) = (new List<string>(), new List<string>());
        _process.Cache.Changed += alias => { lock (here) here.Add(alias); };
        _other.Cache.Changed += alias => { lock (there) there.Add(alias); };

        await _process.DeleteAsync(await _process.ChangeAsync(await _process.CreateAsync("a"), "https://two.example/"));

        await Until.TrueAsync(() => { lock (here) lock (there) return here.Count == 3 && there.Count == 3; });
        Assert.All(here.Concat(there), alias => Assert.Equal("a", alias));
    }

    [Fact]
    public async Task What_the_store_refuses_changes_nothing_in_Redis()
    {
        var link = await _process.CreateAsync("a");
        var before = await HeldAsync("a");

        Assert.Null(await _process.Store.InsertAsync(CachedProcess.NewLink("a"), Token));
        Assert.False(await _process.Store.UpdateAsync(link with { Version = 9, RequestId = Guid.CreateVersion7() }, 8, Token));
        Assert.False(await _process.Store.DeleteAsync("a", 8, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, Token));
        _process.Inner.WriteFailure = new StoreException(StoreFailure.Unavailable, "Down.");
        await Assert.ThrowsAsync<StoreException>(() => _process.DeleteAsync(link));

        Assert.Equal(before, await HeldAsync("a"));
    }

    [Fact]
    public async Task After_a_write_in_doubt_every_process_asks_the_store_until_Redis_knows_again()
    {
        var link = await _process.CreateAsync("a", "https://one.example/");
        _process.Inner.AfterWrite = InDoubt;
        Assert.Same(InDoubt, await Assert.ThrowsAsync<StoreException>(() => _process.ChangeAsync(link, "https://two.example/")));
        Assert.Equal("1Q2", await HeldAsync("a"));

        Assert.Equal("https://two.example/", await _other.LocationAsync("a"));
        Assert.Equal("https://two.example/", await _other.LocationAsync("a"));
        Assert.Equal(1, _other.Inner.Finds);
    }

    [Fact]
    public async Task After_a_write_in_doubt_that_did_not_take_place_the_old_state_is_answered_and_not_put()
    {
        var link = await _process.CreateAsync("a", "https://one.example/");
        _process.Inner.WriteFailure = InDoubt;
        await Assert.ThrowsAsync<StoreException>(() => _process.DeleteAsync(link));

        Assert.Equal("https://one.example/", await _other.LocationAsync("a"));
        Assert.Equal("https://one.example/", await _other.LocationAsync("a"));
        Assert.Equal((2, "1Q2"), (_other.Inner.Finds, await HeldAsync("a")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_an_insert_in_doubt_the_alias_is_not_unknown(bool wasDeleted)
    {
        if (wasDeleted) await _process.DeleteAsync(await _process.CreateAsync("a"));
        Assert.Null(await _other.LocationAsync("a"));
        _process.Inner.AfterWrite = new OperationCanceledException("The caller has left.");
        await Assert.ThrowsAsync<OperationCanceledException>(() => _process.CreateAsync("a", "https://new.example/"));

        Assert.Equal("https://new.example/", await _other.LocationAsync("a"));
        Assert.StartsWith("1L", await HeldAsync("a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_look_up_puts_nothing_old_and_answers_what_Redis_knows_by_then()
    {
        var link = await _process.CreateAsync("a", "https://old.example/");
        await Database.KeyDeleteAsync(KeyOf("a"));
        var (found, goOn) = _other.Inner.HoldNextFind();
        var slow = _other.LocationAsync("a");
        await found;

        await _process.ChangeAsync(link, "https://new.example/");
        goOn.SetResult();

        Assert.Equal("https://new.example/", await slow);
        Assert.Equal("https://new.example/", await _process.LocationAsync("a"));
        Assert.Equal(1, _other.Cache.RefusedFills);
    }

    [Fact]
    public async Task A_slow_miss_is_not_put_over_a_new_link()
    {
        var (found, goOn) = _other.Inner.HoldNextFind();
        var slow = _other.LocationAsync("a");
        await found;

        await _process.CreateAsync("a", "https://new.example/");
        goOn.SetResult();

        Assert.Equal("https://new.example/", await slow);
        Assert.Equal("https://new.example/", await _process.LocationAsync("a"));
    }

    [Fact]
    public async Task Another_process_with_another_prefix_has_links_of_its_own()
    {
        await using var stranger = await StartProcessAsync(Settings with { Prefix = Prefix + "else:" });
        await _process.CreateAsync("a");
        await stranger.LocationAsync("a");

        Assert.Equal(1, stranger.Inner.Finds);
    }

    private protected override async Task StartAsync() => (_process, _other) = (await StartProcessAsync(), await StartProcessAsync());
}
