using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Core.Visits;

namespace Shortener.Tests.Storage.Contract;

/// <summary>What retention needs, in one database.</summary>
public sealed record RetentionStores(ILinkStore Links, ILinkEndStore Ends, IVisitStore Visits);

/// <summary>
/// What becomes of the visits of links that have ended. Each test has times of its own, each later than those of the tests before, as
/// they may go on from one checkpoint.
/// </summary>
public abstract class VisitRetentionContract(IStoreData<RetentionStores> data) : StoreContract<RetentionStores>(data)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static int _tests;

    private readonly StillClock _clock = new() { Now = Noon.AddYears(Interlocked.Increment(ref _tests)) };
    private readonly string _name = $"link-{Guid.CreateVersion7():N}";

    private VisitRetention Retention => new(Store.Ends, Store.Visits, Kept);

    [Fact]
    public async Task Visits_of_a_link_go_when_it_was_deleted_as_long_ago_as_they_are_kept()
    {
        var (deleted, live) = (await VisitedAsync("deleted"), await VisitedAsync("live", _clock.Now.AddYears(2)));
        await DeleteAsync(deleted);
        _clock.Now += Kept;
        await RunAsync();
        await AssertVisitsAsync((deleted, 1), (live, 1));
        _clock.Now += TimeSpan.FromHours(1);
        await RunAsync();
        await AssertVisitsAsync((deleted, 0), (live, 1));
    }

    [Fact]
    public async Task Visits_of_a_link_go_when_it_expired_as_long_ago_as_they_are_kept()
    {
        var (expired, later) = (await VisitedAsync("expired", InDays(1)), await VisitedAsync("later", InDays(3)));
        _clock.Now += Kept + TimeSpan.FromDays(2);
        await RunAsync();
        await AssertVisitsAsync((expired, 0), (later, 1));
        await ReopenAsync();
        _clock.Now += TimeSpan.FromDays(2);
        await RunAsync();
        await AssertVisitsAsync((later, 0));
    }

    [Fact]
    public async Task Visits_of_a_link_that_was_extended_stay_until_its_later_end()
    {
        var extended = await UpdateAsync(await VisitedAsync("extended", InDays(1)), InDays(20));
        var revived = await VisitedAsync("revived", InDays(1));
        var lasting = await UpdateAsync(await VisitedAsync("lasting", InDays(1)), null);
        _clock.Now = InDays(5);
        revived = await UpdateAsync(revived, InDays(20));
        _clock.Now += Kept;
        await RunAsync();
        await AssertVisitsAsync((extended, 1), (revived, 1), (lasting, 1));
        _clock.Now += TimeSpan.FromDays(30);
        await RunAsync();
        await AssertVisitsAsync((extended, 0), (revived, 0), (lasting, 1));
    }

    [Fact]
    public async Task Visits_of_the_life_before_go_and_those_of_an_alias_made_anew_stay()
    {
        var first = await VisitedAsync("promo", InDays(20));
        await DeleteAsync(first);
        var second = await VisitedAsync("promo");
        Assert.Equal(2, second.Generation);
        await RunAsync();
        await AssertVisitsAsync((first, 1), (second, 1));
        _clock.Now += Kept + TimeSpan.FromHours(1);
        await RunAsync();
        await AssertVisitsAsync((first, 0), (second, 1));
        _clock.Now += Kept;
        await RunAsync();
        await AssertVisitsAsync((second, 1));
    }

    [Fact]
    public async Task An_end_of_a_write_that_was_refused_takes_no_visits()
    {
        var link = await VisitedAsync("promo");
        Assert.Null(await Store.Links.InsertAsync(NewLink("promo", InDays(1)), Token));
        Assert.False(await Store.Links.UpdateAsync(NewLink("promo", InDays(1)) with { Version = 8 }, 7, Token));
        Assert.False(await Store.Links.DeleteAsync(link.Alias, 7, Guid.CreateVersion7(), _clock.Now, Token));
        _clock.Now += Kept + TimeSpan.FromDays(2);
        await RunAsync();
        await AssertVisitsAsync((link, 1));
    }

    [Fact]
    public async Task A_link_that_is_extended_after_its_visits_went_counts_again()
    {
        var link = await VisitedAsync("promo", InDays(1));
        _clock.Now += Kept + TimeSpan.FromDays(2);
        await RunAsync();
        await AssertVisitsAsync((link, 0));
        link = await UpdateAsync(link, null);
        await VisitAsync(link);
        _clock.Now += Kept + Kept;
        await RunAsync();
        await AssertVisitsAsync((link, 1));
    }

    [Fact]
    public async Task Visits_of_all_links_of_an_owner_stay_with_those_of_ended_links()
    {
        var owner = new LinkGeneration($"@{_name}", 0);
        var link = await VisitedAsync("promo");
        await AddVisitAsync(owner);
        await DeleteAsync(link);
        _clock.Now += Kept + TimeSpan.FromDays(1);
        await RunAsync();
        Assert.Equal([default, new VisitTotal(1, 0)], await Store.Visits.TotalsAsync([GenerationOf(link), owner], Token));
    }

    [Fact]
    public async Task A_walk_that_is_cut_off_again_and_again_goes_on_at_its_checkpoint_and_loses_nothing()
    {
        const int Links = 3 * VisitRetention.EndsPerStep;
        // An end every five hours, in their order; one in ten moves, beyond the walk.
        var links = await RaceAsync(Links, i => InsertAsync($"{i}", InDays(1).AddHours(5 * i)));
        await VisitAsync(links);
        var extended = await Task.WhenAll(links.Where((_, i) => i % 10 == 0).Select(link => UpdateAsync(link, InDays(3_000))));
        _clock.Now = InDays(2).AddHours(5 * Links) + Kept;
        var last = links[^1];
        var random = new Random(20260203);
        var isDone = false;
        for (var cuts = 0; !isDone; cuts++)
        {
            var before = await CheckpointAsync();
            isDone = await RunUntilCutAsync(random.Next(2 * VisitRetention.EndsPerStep));
            var passed = (await CheckpointAsync())?.At ?? DateTimeOffset.MinValue;
            Assert.True(passed >= (before?.At ?? DateTimeOffset.MinValue), "The checkpoint never goes back.");
            Assert.Equal(0, await LeftAsync(links.Where((_, i) => i % 10 != 0).Where(link => link.ExpiresAt <= passed)));
            if (cuts == 0) Assert.False(isDone, "It was cut off.");
            await ReopenAsync();
        }

        Assert.Equal(0, await LeftAsync(links.Where((_, i) => i % 10 != 0)));
        Assert.Equal(extended.Length, await LeftAsync(extended));
        Assert.Equal(new LinkEnd(last.ExpiresAt!.Value, last.Alias, 1), await CheckpointAsync());
        Assert.True(await RunUntilCutAsync(calls: 3), "What is done is not done again.");
    }

    [Fact]
    public async Task Several_walks_at_once_do_no_harm()
    {
        const int Links = VisitRetention.EndsPerStep + 50;
        var links = await RaceAsync(Links, i => InsertAsync($"{i}", InDays(1).AddHours(i)));
        var live = await VisitedAsync("live", InDays(3_000));
        await VisitAsync(links);
        _clock.Now = InDays(2).AddHours(Links) + Kept;
        await RaceAsync(4, async _ =>
        {
            await RunAsync();
            return true;
        });
        Assert.Equal(0, await LeftAsync(links));
        await AssertVisitsAsync((live, 1));
        Assert.Equal(links[^1].Alias, (await CheckpointAsync())?.Alias);
    }

    /// <summary>False: the store was lost after so many calls, as it is for a process that dies.</summary>
    private async Task<bool> RunUntilCutAsync(int calls)
    {
        try
        {
            await new VisitRetention(new LostEndStore(Store.Ends, calls), Store.Visits, Kept).RunAsync(_clock.Now, Token);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private Task<LinkEnd?> CheckpointAsync() => Store.Ends.FindCheckpointAsync(VisitRetention.Walk, Token);

    private async Task<int> LeftAsync(IEnumerable<Link> links)
    {
        var totals = await Task.WhenAll(links.Chunk(100).Select(
            chunk => Store.Visits.TotalsAsync([.. chunk.Select(GenerationOf)], Token)));
        return totals.Sum(part => part.Count(total => total.People > 0));
    }

    private DateTimeOffset InDays(int days) => _clock.Now.AddDays(days);

    private Task RunAsync() => Retention.RunAsync(_clock.Now, Token);

    private Link NewLink(string name, DateTimeOffset? expiresAt) => new()
    {
        Alias = $"{_name}-{name}",
        Owner = "ann",
        Url = "https://example.com/",
        IsCustom = true,
        CreatedAt = _clock.Now,
        UpdatedAt = _clock.Now,
        ExpiresAt = expiresAt,
        RedirectStatus = 302,
        RequestId = Guid.CreateVersion7(),
    };

    private async Task<Link> InsertAsync(string name, DateTimeOffset? expiresAt = null) =>
        Assert.IsType<Link>(await Store.Links.InsertAsync(NewLink(name, expiresAt), Token));

    /// <summary>A link with one visit.</summary>
    private async Task<Link> VisitedAsync(string name, DateTimeOffset? expiresAt = null)
    {
        var link = await InsertAsync(name, expiresAt);
        await VisitAsync(link);
        return link;
    }

    private async Task<Link> UpdateAsync(Link link, DateTimeOffset? expiresAt)
    {
        var next = link with { ExpiresAt = expiresAt, Version = link.Version + 1, RequestId = Guid.CreateVersion7() };
        Assert.True(await Store.Links.UpdateAsync(next, link.Version, Token));
        return next;
    }

    private async Task DeleteAsync(Link link) =>
        Assert.True(await Store.Links.DeleteAsync(link.Alias, link.Version, Guid.CreateVersion7(), _clock.Now, Token));

    private Task VisitAsync(params Link[] links) => AddVisitAsync([.. links.Select(GenerationOf)]);

    private async Task AddVisitAsync(params LinkGeneration[] links)
    {
        var segment = new SegmentCounts();
        foreach (var link in links) segment.On(link, _clock.Now).Add(_clock.Now.Hour, VisitDimension.Total, "", 1, 0);
        await Store.Visits.AddAsync(Guid.CreateVersion7(), 1, segment, _clock.Now, Token);
    }

    private async Task AssertVisitsAsync(params (Link Link, long Visits)[] links) => Assert.Equal(
        links.Select(link => new VisitTotal(link.Visits, 0)),
        await Store.Visits.TotalsAsync([.. links.Select(link => GenerationOf(link.Link))], Token));

    private static LinkGeneration GenerationOf(Link link) => new(link.Alias, link.Generation);
}
