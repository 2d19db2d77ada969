using Shortener.Core;
using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

public sealed class LinkResolverTests : LinkTests
{
    [Fact]
    public async Task A_link_leads_to_its_destination_with_its_status()
    {
        await _links.CreateAsync("abc", "https://example.com/x");
        await _links.PatchAsync("abc", new LinkDraft { RedirectStatus = 308 });

        var resolved = await _links.ResolveAsync("abc");

        Assert.Equal(("https://example.com/x", 308), (resolved.Location, resolved.Status));
        Assert.Equal(Resolution.Found, resolved.At(_links.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_hundred_visitors_at_once_cost_one_look_up()
    {
        await _links.CreateAsync("abc");
        var (found, goOn) = _links.Store.HoldNextFind();
        var visitors = Enumerable.Range(0, 100).Select(_ => Task.Run(() => _links.ResolveAsync("abc"))).ToList();
        await found;

        goOn.SetResult();
        await Task.WhenAll(visitors);

        Assert.Equal((1, 1L), (_links.Store.Finds, _links.Resolver.Lookups));
    }

    [Fact]
    public async Task A_visitor_who_leaves_takes_the_look_up_from_nobody()
    {
        await _links.CreateAsync("abc");
        using var patience = new CancellationTokenSource();
        var (found, goOn) = _links.Store.HoldNextFind();
        var first = _links.ResolveAsync("abc", patience.Token);
        await found;
        var second = _links.ResolveAsync("abc");

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        goOn.SetResult();

        Assert.Equal("https://example.com/", (await second).Location);
        Assert.Equal(1, _links.Store.Finds);
    }

    [Fact]
    public async Task A_link_in_memory_is_used_for_its_lifetime_and_then_looked_up_again()
    {
        await _links.CreateAsync("abc");
        await _links.ResolveAsync("abc");
        await _links.ResolveAsync("abc");
        Assert.True(_links.Resolver.TryGetCached("abc", out _));
        Assert.Equal((1, 1), (_links.Store.Finds, _links.Resolver.CachedLinks));

        _links.Clock.Advance(LinkFixture.ResolverSettings.Lifetime);

        Assert.False(_links.Resolver.TryGetCached("abc", out _));
        await _links.ResolveAsync("abc");
        Assert.Equal(2, _links.Store.Finds);
    }

    [Theory]
    [InlineData("abc", 600)]
    [InlineData("nobody", 10)]
    public async Task What_memory_knows_is_no_longer_used_at_the_very_end_of_its_lifetime(string alias, int lifetimeInSeconds)
    {
        await _links.CreateAsync("abc");
        var clock = new StillClock();
        var resolver = new LinkResolver(new StoreLinkLookup(_links.Store), clock, LinkFixture.ResolverSettings);
        await resolver.ResolveAsync(alias, CancellationToken.None);

        clock.Now += TimeSpan.FromSeconds(lifetimeInSeconds) - TimeSpan.FromTicks(1);
        Assert.True(resolver.TryGetCached(alias, out _));
        clock.Now += TimeSpan.FromTicks(1);
        Assert.False(resolver.TryGetCached(alias, out _));
    }

    [Fact]
    public async Task A_slow_look_up_is_as_old_as_its_beginning()
    {
        await _links.CreateAsync("abc");
        var (found, goOn) = _links.Store.HoldNextFind();
        var slow = _links.ResolveAsync("abc");
        await found;
        _links.Clock.Advance(LinkFixture.ResolverSettings.Lifetime - TimeSpan.FromMinutes(1));
        goOn.SetResult();
        await slow;
        Assert.True(_links.Resolver.TryGetCached("abc", out _));

        _links.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(_links.Resolver.TryGetCached("abc", out _));
    }

    [Fact]
    public async Task Nobody_joins_a_look_up_that_is_older_than_an_answer_may_be()
    {
        await _links.CreateAsync("abc", "https://old.example/");
        var (found, goOn) = _links.Store.HoldNextFind();
        var slow = _links.ResolveAsync("abc");
        await found;
        // By another process, which did not tell.
        var link = (await _links.Store.FindAsync("abc", CancellationToken.None))!;
        Assert.True(await _links.Store.UpdateAsync(
            link with { Url = "https://new.example/", Version = 2, RequestId = Guid.CreateVersion7() }, 1, CancellationToken.None));
        _links.Clock.Advance(LinkFixture.ResolverSettings.Lifetime);

        Assert.Equal("https://new.example/", (await _links.ResolveAsync("abc")).Location);
        goOn.SetResult();
        await slow;
        Assert.Equal("https://new.example/", (await _links.ResolveAsync("abc")).Location);
    }

    [Fact]
    public async Task An_unknown_alias_is_remembered_for_the_lifetime_of_a_miss()
    {
        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("nobody"));
        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("nobody"));
        Assert.Equal((1, 0, 1), (_links.Store.Finds, _links.Resolver.CachedLinks, _links.Resolver.CachedMisses));

        _links.Clock.Advance(LinkFixture.ResolverSettings.MissLifetime);

        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("nobody"));
        Assert.Equal(2, _links.Store.Finds);
    }

    [Fact]
    public async Task A_scanner_evicts_no_link()
    {
        await _links.CreateAsync("abc");
        await _links.ResolveAsync("abc");
        for (var i = 0; i < 2 * LinkFixture.ResolverSettings.MissEntries; i++) await _links.ResolveAsync($"scan-{i}");

        Assert.True(_links.Resolver.TryGetCached("abc", out _));
        Assert.Equal(LinkFixture.ResolverSettings.MissEntries, _links.Resolver.CachedMisses);
        Assert.Equal(0, _links.Resolver.Evictions);
    }

    [Fact]
    public async Task Expiry_is_judged_on_each_hit()
    {
        await _links.CreateAsync("abc");
        await _links.PatchAsync("abc", new LinkDraft { Ttl = 60 });
        Assert.Equal(Resolution.Found, await _links.ResolutionAsync("abc"));

        _links.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.True(_links.Resolver.TryGetCached("abc", out var cached));
        Assert.Equal(Resolution.Expired, cached.At(_links.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Every_change_through_the_service_counts_at_the_next_visit()
    {
        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("abc"));
        await _links.CreateAsync("abc");
        Assert.Equal(Resolution.Found, await _links.ResolutionAsync("abc"));
        await _links.PatchAsync("abc", new LinkDraft { IsDisabled = true });
        Assert.Equal(Resolution.Disabled, await _links.ResolutionAsync("abc"));
        await _links.PatchAsync("abc", new LinkDraft { IsDisabled = false, Url = "https://new.example/" });
        Assert.Equal("https://new.example/", (await _links.ResolveAsync("abc")).Location);
        await _links.DeleteAsync("abc");
        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("abc"));
        Assert.Equal((0, 1), (_links.Resolver.CachedLinks, _links.Resolver.CachedMisses));
    }

    [Fact]
    public async Task A_look_up_that_began_before_a_change_never_fills_memory()
    {
        await _links.CreateAsync("abc", "https://old.example/");
        var (found, goOn) = _links.Store.HoldNextFind();
        var slow = _links.ResolveAsync("abc");
        await found;

        await _links.PatchAsync("abc", new LinkDraft { Url = "https://new.example/" });
        var after = await _links.ResolveAsync("abc");
        goOn.SetResult();
        await slow;

        Assert.Equal("https://new.example/", after.Location);
        Assert.True(_links.Resolver.TryGetCached("abc", out var cached));
        Assert.Equal("https://new.example/", cached.Location);
    }

    [Fact]
    public async Task A_miss_that_was_looked_up_before_the_link_was_made_never_fills_memory()
    {
        var (found, goOn) = _links.Store.HoldNextFind();
        var slow = _links.ResolveAsync("abc");
        await found;

        await _links.CreateAsync("abc");
        goOn.SetResult();
        await slow;

        Assert.False(_links.Resolver.TryGetCached("abc", out _));
        Assert.Equal(Resolution.Found, await _links.ResolutionAsync("abc"));
    }

    [Fact]
    public async Task An_outdated_look_up_that_ends_does_not_hide_a_later_one_from_the_next_change()
    {
        await _links.CreateAsync("abc", "https://old.example/");
        var (oldFound, oldGoOn) = _links.Store.HoldNextFind();
        var oldLookUp = _links.ResolveAsync("abc");
        await oldFound;
        await _links.PatchAsync("abc", new LinkDraft { Url = "https://newer.example/" });
        var (newerFound, newerGoOn) = _links.Store.HoldNextFind();
        var newerLookUp = _links.ResolveAsync("abc");
        await newerFound;

        oldGoOn.SetResult();
        await oldLookUp;
        await _links.PatchAsync("abc", new LinkDraft { Url = "https://newest.example/" });
        newerGoOn.SetResult();
        await newerLookUp;

        Assert.False(_links.Resolver.TryGetCached("abc", out _));
        Assert.Equal("https://newest.example/", (await _links.ResolveAsync("abc")).Location);
    }

    [Fact]
    public async Task A_write_that_may_have_taken_place_is_seen_at_the_next_visit()
    {
        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("abc"));
        _links.Store.AfterWrite = new StoreException(StoreFailure.UnknownOutcome, "Who knows.");
        await Assert.ThrowsAsync<StoreException>(() => _links.TryCreateAsync("abc"));

        Assert.Equal(Resolution.Found, await _links.ResolutionAsync("abc"));
    }

    [Fact]
    public async Task A_failed_look_up_is_not_remembered()
    {
        await _links.CreateAsync("abc");
        _links.Store.FindFailure = new StoreException(StoreFailure.Unavailable, "Down.");
        await Assert.ThrowsAsync<StoreException>(() => _links.ResolveAsync("abc"));

        _links.Store.FindFailure = null;

        Assert.Equal(Resolution.Found, await _links.ResolutionAsync("abc"));
    }
}
