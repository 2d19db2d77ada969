using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Core.Links;

/// <summary>What a visitor gets while the store cannot answer: a known link or an error, and never "unknown".</summary>
public sealed class StaleLinkTests : LinkTests
{
    private static readonly ResolverSettings Settings = LinkFixture.ResolverSettings;
    private static readonly StoreException Down = new(StoreFailure.Unavailable, "Down.");

    [Fact]
    public async Task A_link_past_its_lifetime_is_still_followed()
    {
        await ResolveOnceAsync("abc");
        _links.Store.FindFailure = Down;
        _links.Clock.Advance(Settings.Lifetime);

        Assert.Equal(Resolution.Found, await _links.ResolutionAsync("abc"));
        Assert.Equal(1, _links.Resolver.StaleServed);
    }

    [Fact]
    public async Task It_is_followed_no_longer_than_said()
    {
        await _links.CreateAsync("abc");
        var clock = new StillClock();
        var resolver = new LinkResolver(new StoreLinkLookup(_links.Store), clock, Settings);
        await resolver.ResolveAsync("abc", CancellationToken.None);
        _links.Store.FindFailure = Down;

        clock.Now += Settings.Lifetime + Settings.StaleLifetime - TimeSpan.FromTicks(1);
        Assert.NotNull((await resolver.ResolveAsync("abc", CancellationToken.None)).Location);
        clock.Now += TimeSpan.FromTicks(1);
        Assert.Same(Down, await Assert.ThrowsAsync<StoreException>(async () => await resolver.ResolveAsync("abc", CancellationToken.None)));
        Assert.Equal(1, resolver.StaleServed);
    }

    [Fact]
    public async Task It_is_not_followed_once_it_has_expired()
    {
        await ResolveOnceAsync("abc", ttl: TimeSpan.FromMinutes(30));
        _links.Store.FindFailure = Down;
        _links.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(Resolution.Expired, await _links.ResolutionAsync("abc"));
    }

    [Fact]
    public async Task The_store_is_asked_again_each_second_and_its_first_answer_counts()
    {
        await ResolveOnceAsync("abc");
        _links.Store.FindFailure = Down;
        _links.Clock.Advance(Settings.Lifetime);
        await _links.ResolveAsync("abc");
        Assert.True(_links.Resolver.TryGetCached("abc", out _));
        await _links.ResolveAsync("abc");
        Assert.Equal((2, 1L), (_links.Store.Finds, _links.Resolver.StaleServed));

        _links.Clock.Advance(LinkResolver.RetryAfter);
        await _links.ResolveAsync("abc");
        await Until.TrueAsync(() => _links.Store.Finds == 3);
        Assert.Equal(2, _links.Resolver.StaleServed);

        _links.Store.FindFailure = null;
        _links.Clock.Advance(LinkResolver.RetryAfter);
        await _links.ResolveAsync("abc");
        await Until.TrueAsync(() => _links.Store.Finds == 4);
        _links.Clock.Advance(LinkResolver.RetryAfter);
        await Until.TrueAsync(() => _links.Resolver.TryGetCached("abc", out _));
    }

    [Fact]
    public async Task While_a_look_up_is_overdue_nobody_waits_for_it_nor_for_those_of_other_links_and_then_all_do_again()
    {
        var clock = new StillClock();
        var resolver = new LinkResolver(new StoreLinkLookup(_links.Store), clock, Settings);
        foreach (var alias in (string[])["abc", "other", "third"])
        {
            await _links.CreateAsync(alias);
            await resolver.ResolveAsync(alias, CancellationToken.None);
        }

        clock.Now += Settings.Lifetime;
        var (found, goOn) = _links.Store.HoldNextFind();
        var first = resolver.ResolveAsync("abc", CancellationToken.None).AsTask();
        await found;
        Assert.False(first.IsCompleted);
        clock.Now += Settings.Patience;
        Assert.True(resolver.ResolveAsync("abc", CancellationToken.None).AsTask().IsCompletedSuccessfully);
        Assert.True(resolver.TryGetCached("abc", out _));
        var (otherFound, otherGoOn) = _links.Store.HoldNextFind();
        Assert.True(resolver.ResolveAsync("other", CancellationToken.None).AsTask().IsCompletedSuccessfully);
        await otherFound;
        Assert.Equal(2, resolver.StaleServed);

        goOn.SetResult();
        await first;
        var (thirdFound, thirdGoOn) = _links.Store.HoldNextFind();
        var third = resolver.ResolveAsync("third", CancellationToken.None).AsTask();
        await thirdFound;
        Assert.False(third.IsCompleted);
        otherGoOn.SetResult();
        thirdGoOn.SetResult();
        await third;
        Assert.Equal(2, resolver.StaleServed);
    }

    [Fact]
    public async Task A_failure_speaks_for_other_links_only_for_a_while()
    {
        var clock = new StillClock();
        var resolver = new LinkResolver(new StoreLinkLookup(_links.Store), clock, Settings);
        foreach (var alias in (string[])["abc", "other"])
        {
            await _links.CreateAsync(alias);
            await resolver.ResolveAsync(alias, CancellationToken.None);
        }

        clock.Now += Settings.Lifetime;
        _links.Store.FindFailure = Down;
        await resolver.ResolveAsync("abc", CancellationToken.None);
        _links.Store.FindFailure = null;
        clock.Now += TimeSpan.FromSeconds(5);

        await resolver.ResolveAsync("other", CancellationToken.None);
        Assert.Equal(1, resolver.StaleServed);
    }

    [Fact]
    public async Task A_link_that_is_served_past_its_lifetime_is_forgotten_by_a_change()
    {
        var clock = new StillClock();
        var resolver = new LinkResolver(new StoreLinkLookup(_links.Store), clock, Settings);
        await _links.CreateAsync("abc");
        await resolver.ResolveAsync("abc", CancellationToken.None);
        clock.Now += Settings.Lifetime;
        var (found, goOn) = _links.Store.HoldNextFind();
        var first = resolver.ResolveAsync("abc", CancellationToken.None).AsTask();
        await found;
        clock.Now += Settings.Patience;
        await resolver.ResolveAsync("abc", CancellationToken.None);

        resolver.Forget("abc");

        Assert.False(resolver.TryGetCached("abc", out _));
        goOn.SetResult();
        await first;
        Assert.False(resolver.TryGetCached("abc", out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_waited_for_a_stale_link_that_a_change_takes_away_gets_the_new_one()
    {
        using var links = await LinkFixture.StartAsync(Settings with { Patience = TimeSpan.FromSeconds(1) });
        await links.CreateAsync("abc");
        await links.ResolveAsync("abc");
        links.Clock.Advance(Settings.Lifetime);
        var (found, goOn) = links.Store.HoldNextFind();
        var visitor = links.ResolveAsync("abc");
        await found;
        await links.PatchAsync("abc", new LinkDraft { Url = "https://new.example/" });

        Assert.Equal("https://new.example/", (await visitor).Location);
        goOn.SetResult();
    }

    [Fact]
    public async Task A_link_that_was_changed_is_not_followed_as_it_was()
    {
        await ResolveOnceAsync("abc");
        await _links.DeleteAsync("abc");
        _links.Store.FindFailure = Down;

        await Assert.ThrowsAsync<StoreException>(() => _links.ResolveAsync("abc"));
    }

    [Fact]
    public async Task A_link_that_was_found_deleted_by_another_process_is_followed_no_more()
    {
        await ResolveOnceAsync("abc");
        Assert.True(await _links.Store.DeleteAsync(
            "abc", expectedVersion: 1, Guid.CreateVersion7(), _links.Clock.GetUtcNow(), CancellationToken.None));
        _links.Clock.Advance(Settings.Lifetime);

        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("abc"));
        Assert.True(_links.Resolver.TryGetCached("abc", out _));
        Assert.Equal((0, 1), (_links.Resolver.CachedLinks, _links.Resolver.CachedMisses));

        _links.Store.FindFailure = Down;
        _links.Clock.Advance(Settings.MissLifetime);
        await Assert.ThrowsAsync<StoreException>(() => _links.ResolveAsync("abc"));
    }

    [Fact]
    public async Task An_alias_that_was_unknown_is_not_unknown_for_longer()
    {
        Assert.Equal(Resolution.Unknown, await _links.ResolutionAsync("nobody"));
        _links.Store.FindFailure = Down;
        _links.Clock.Advance(Settings.MissLifetime);

        await Assert.ThrowsAsync<StoreException>(() => _links.ResolveAsync("nobody"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_look_up_that_takes_too_long_is_an_error_and_still_fills_memory()
    {
        using var links = await LinkFixture.StartAsync(Settings with { LookupTimeout = TimeSpan.FromMilliseconds(20) });
        await links.CreateAsync("abc");
        var (_, goOn) = links.Store.HoldNextFind();

        await Assert.ThrowsAsync<TimeoutException>(() => links.ResolveAsync("abc"));
        await Assert.ThrowsAsync<TimeoutException>(() => links.ResolveAsync("abc"));
        goOn.SetResult();

        while (!links.Resolver.TryGetCached("abc", out _))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(1, links.Store.Finds);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_look_up_that_takes_too_long_serves_a_stale_link()
    {
        using var links = await LinkFixture.StartAsync(Settings with { LookupTimeout = TimeSpan.FromMilliseconds(20) });
        await links.CreateAsync("abc");
        while (!links.Resolver.TryGetCached("abc", out _))
            await TryAsync(links.ResolveAsync("abc", TestContext.Current.CancellationToken));

        links.Clock.Advance(Settings.Lifetime);
        var (found, goOn) = links.Store.HoldNextFind();

        Assert.Equal("https://example.com/", (await links.ResolveAsync("abc")).Location);
        await found;
        Assert.Equal(1, links.Resolver.StaleServed);
        goOn.SetResult();
    }

    /// <summary>On a busy machine an ordinary look-up may take longer than these tests allow.</summary>
    private static async Task TryAsync(Task<ResolvedLink> look)
    {
        try
        {
            await look;
        }
        catch (TimeoutException)
        {
            // The look-up goes on.
        }
    }

    private async Task ResolveOnceAsync(string alias, TimeSpan? ttl = null)
    {
        await _links.CreateAsync(alias);
        if (ttl is { } lifetime) await _links.PatchAsync(alias, new LinkDraft { Ttl = (long)lifetime.TotalSeconds });
        var finds = _links.Store.Finds;
        await _links.ResolveAsync(alias);
        Assert.Equal(finds + 1, _links.Store.Finds);
    }
}
