using Shortener.Core.Links;
using Shortener.Storage.Redis;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>What may take whose place in Redis, and for how long it stays.</summary>
public sealed class LinkCacheTests(RedisServer server) : RedisTests(server)
{
    private CachedProcess _process = null!;

    private LinkCache Cache => _process.Cache;

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_change_takes_the_place_of_what_is_older_and_of_nothing_newer()
    {
        await Cache.PutAsync("a", State(2));
        await Cache.PutAsync("a", State(3));
        Assert.Equal(State(3).Encode(), await HeldAsync("a"));
        await Cache.PutAsync("a", State(2));
        Assert.Equal(State(3).Encode(), await HeldAsync("a"));
    }

    [Fact]
    public async Task Versions_are_compared_as_numbers()
    {
        await Cache.PutAsync("a", State(10));
        await Cache.PutAsync("a", State(9));
        Assert.Equal(State(10).Encode(), await HeldAsync("a"));
        await Cache.PutAsync("a", State(9_007_199_254_740_990));
        await Cache.PutAsync("a", State(9_007_199_254_740_991));
        await Cache.PutAsync("a", State(9_007_199_254_740_990));
        Assert.Equal(State(9_007_199_254_740_991).Encode(), await HeldAsync("a"));
    }

    [Fact]
    public async Task A_deletion_stays_marked_against_older_states_and_gives_way_to_the_link_made_anew()
    {
        await Cache.PutAsync("a", Deleted(2));
        await Cache.PutAsync("a", State(1));
        Assert.Equal("1A2", await HeldAsync("a"));
        await Cache.PutAsync("a", State(3));
        Assert.Equal(State(3).Encode(), await HeldAsync("a"));
    }

    [Fact]
    public async Task A_marker_that_asks_for_the_store_gives_way_to_its_own_version_and_takes_the_place_of_older_ones_only()
    {
        await Cache.PutAsync("a", State(1));
        await Cache.PutAsync("a", Ask(2));
        Assert.Equal("1Q2", await HeldAsync("a"));
        await Cache.PutAsync("a", State(1));
        Assert.Equal("1Q2", await HeldAsync("a"));
        await Cache.PutAsync("a", State(2));
        Assert.Equal(State(2).Encode(), await HeldAsync("a"));
        await Cache.PutAsync("a", Ask(2));
        Assert.Equal(State(2).Encode(), await HeldAsync("a"));
    }

    [Fact]
    public async Task A_marker_of_unknown_version_goes_above_what_is_there()
    {
        await Cache.PutAsync("free", Ask(0));
        await Cache.PutAsync("deleted", Deleted(6));
        await Cache.PutAsync("deleted", Ask(0));

        Assert.Equal(("1Q1", "1Q7"), (await HeldAsync("free"), await HeldAsync("deleted")));
    }

    [Fact]
    public async Task An_answer_of_the_store_is_put_where_its_lease_still_is()
    {
        var lease = Assert.IsType<string>(await Cache.LeaseAsync("a"));
        Assert.Equal(lease, await HeldAsync("a"));

        Assert.Null(await Cache.FillAsync("a", State(1), lease));
        Assert.Equal(State(1).Encode(), await HeldAsync("a"));
    }

    [Fact]
    public async Task One_look_up_has_the_lease()
    {
        var first = await Cache.LeaseAsync("a");
        Assert.Null(await Cache.LeaseAsync("a"));
        Assert.Equal(CacheEntryKind.Lease, (await Cache.FillAsync("a", State(1), "1S0 of-somebody-else"))?.Kind);
        Assert.Equal((first, 1), (await HeldAsync("a"), Cache.RefusedFills));
    }

    [Fact]
    public async Task An_answer_whose_lease_a_change_has_ended_is_refused_and_told_what_is_there()
    {
        var lease = Assert.IsType<string>(await Cache.LeaseAsync("a"));
        await Cache.PutAsync("a", State(2));

        Assert.Equal(State(2), await Cache.FillAsync("a", State(1), lease));
        Assert.Equal((State(2).Encode(), 1), (await HeldAsync("a"), Cache.RefusedFills));
    }

    /// <summary>What has happened to the key since cannot be known: it may have been changed and evicted.</summary>
    [Fact]
    public async Task An_answer_whose_lease_has_run_out_is_refused()
    {
        var lease = Assert.IsType<string>(await Cache.LeaseAsync("a"));
        await Database.KeyDeleteAsync(KeyOf("a"));

        Assert.Null(await Cache.FillAsync("a", State(1), lease));
        Assert.Equal((null, 1), (await HeldAsync("a"), Cache.RefusedFills));
    }

    [Fact]
    public async Task An_answer_takes_the_place_of_a_marker_that_is_not_newer()
    {
        await Cache.PutAsync("a", Ask(2));

        await Cache.FillAsync("a", State(1), "");
        Assert.Equal("1Q2", await HeldAsync("a"));
        await Cache.FillAsync("a", State(2), "");
        Assert.Equal(State(2).Encode(), await HeldAsync("a"));
    }

    [Fact]
    public async Task Everything_goes_by_itself_in_its_time()
    {
        for (var i = 0; i < 20; i++) await Cache.PutAsync($"link{i}", State(1));
        await Cache.PutAsync("deleted", Deleted(2));
        await Cache.PutAsync("ask", Ask(2));
        await Cache.LeaseAsync("lease");
        await Cache.FillAsync("unknown", CacheEntry.Of(null), Assert.IsType<string>(await Cache.LeaseAsync("unknown")));

        var lives = new List<TimeSpan>();
        for (var i = 0; i < 20; i++) lives.Add(await LifetimeAsync($"link{i}"));
        Assert.InRange(lives.Max(), Settings.Lifetime / 2, Settings.Lifetime * 1.1);
        Assert.True(lives.Max() - lives.Min() > Settings.Lifetime / 100, "lifetimes differ");
        Assert.InRange(await LifetimeAsync("deleted"), TimeSpan.Zero, Settings.MarkerLifetime);
        Assert.InRange(await LifetimeAsync("ask"), TimeSpan.Zero, Settings.MarkerLifetime);
        Assert.InRange(await LifetimeAsync("lease"), TimeSpan.Zero, Settings.LeaseLifetime);
        Assert.InRange(await LifetimeAsync("unknown"), TimeSpan.Zero, Settings.UnknownLifetime);
    }

    [Theory]
    [InlineData("9L1 of another version of this program")]
    [InlineData("no entry at all")]
    [InlineData("")]
    public async Task What_cannot_be_read_is_looked_up_in_the_store_and_deleted_by_a_change(string foreign)
    {
        var link = await _process.CreateAsync("a", "https://old.example/");
        await Database.StringSetAsync(KeyOf("a"), foreign);
        Assert.Equal("https://old.example/", await _process.LocationAsync("a"));
        Assert.Equal(foreign, await HeldAsync("a"));

        await _process.ChangeAsync(link, "https://new.example/");

        Assert.Null(await HeldAsync("a"));
        Assert.Equal("https://new.example/", await _process.LocationAsync("a"));
    }

    [Fact]
    public async Task A_key_of_another_type_is_looked_up_in_the_store_and_deleted_by_a_change()
    {
        var link = await _process.CreateAsync("a");
        await Database.KeyDeleteAsync(KeyOf("a"));
        await Database.ListLeftPushAsync(KeyOf("a"), "x");
        for (var i = 0; i < 20; i++) Assert.NotNull(await _process.LocationAsync("a"));
        Assert.True(_process.Connection.IsUp);

        await _process.ChangeAsync(link, "https://new.example/");

        Assert.False(await Database.KeyExistsAsync(KeyOf("a")));
    }

    [Fact]
    public async Task Scripts_that_the_server_has_forgotten_are_loaded_again()
    {
        await Cache.PutAsync("a", State(1));
        await Database.ExecuteAsync("SCRIPT", "FLUSH");

        await Cache.PutAsync("a", State(2));

        Assert.Equal((State(2).Encode(), 0L, 0), (await HeldAsync("a"), _process.Connection.Failures, Cache.PendingChanges));
    }

    private protected override async Task StartAsync() => _process = await StartProcessAsync();

    private static CacheEntry State(long version) =>
        CacheEntry.Of(new LinkTarget($"https://example.com/{version}", 302, null, IsDisabled: false, version, Generation: 1, Owner: "ann"));

    private static CacheEntry Deleted(long version) => new(CacheEntryKind.Absent, version);

    private static CacheEntry Ask(long version) => new(CacheEntryKind.AskStore, version);

    private async Task<TimeSpan> LifetimeAsync(string alias) => Assert.IsType<TimeSpan>(await Database.KeyTimeToLiveAsync(KeyOf(alias)));
}
