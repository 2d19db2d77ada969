using Shortener.Core.Visits;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class VisitStoreContract
{
    /// <summary>By then each store has folded the hours of Noon's month.</summary>
    private static DateTimeOffset Old => Noon.AddDays(28) + HoursKept + TimeSpan.FromDays(2);

    [Fact]
    public async Task Hours_are_kept_for_their_time_and_then_become_days_with_the_same_sums()
    {
        var random = new Random(5);
        var segment = new SegmentCounts();
        for (var visit = 0; visit < 300; visit++)
        {
            _ledger.Visit(
                segment, Link, Noon.AddHours(random.Next(24 * 12)), random.Next(3) == 0, (ulong)visit,
                (VisitDimension.Country, $"{(char)('A' + random.Next(5))}"));
        }

        await StoreAsync(1, segment, Noon);
        await RollUpAsync(Noon);
        await Store.RollUpAsync(Noon + HoursKept, Token);
        await AssertAllAsync(Link);

        await Task.WhenAll(Store.RollUpAsync(Old, Token), Store.RollUpAsync(Old, Token));
        foreach (var dimension in new[] { VisitDimension.Total, VisitDimension.Country })
        {
            var query = new VisitQuery(Link, Noon.AddDays(-100), Noon.AddDays(100), dimension, VisitInterval.Day);
            var days = _ledger.Answer(query);
            Assert.Equal(days, await Store.ReadAsync(query, Token));
            Assert.Equal(days, await Store.ReadAsync(query with { Interval = VisitInterval.Hour }, Token));
        }

        Assert.Equal([_ledger.TotalOf(Link)], await Store.TotalsAsync([Link], Token));
        var first = DateOnly.FromDateTime(Noon.UtcDateTime);
        var visitors = (await Store.VisitorsAsync(Link, first, first.AddDays(20), Token)).Sum(day => day.Visitors.Count);
        Assert.InRange(visitors, 290, 310);
    }

    [Fact]
    public async Task Visits_that_come_after_their_hours_became_days_are_counted_too()
    {
        await StoreAsync(1, OneVisit(Link, Noon), Noon);
        await RollUpAsync(Noon);
        await Store.RollUpAsync(Old, Token);
        await ReopenAsync();
        await StoreAsync(2, OneVisit(Link, Noon, isBot: true), Old);
        await Store.RollUpAsync(Old.AddDays(2), Token);
        var day = Assert.Single(await ReadAsync(Link, VisitInterval.Day));
        Assert.Equal((1, 1), (day.People, day.Bots));
        Assert.Equal([new VisitTotal(1, 1)], await Store.TotalsAsync([Link], Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_forgotten_link_has_nothing_left_and_others_keep_theirs(bool isRolledUp)
    {
        var other = Link with { Generation = 4 };
        var segment = new SegmentCounts();
        for (var day = 0; day < 70; day++) _ledger.Visit(segment, Link, Noon.AddDays(-day));
        var others = new Dictionary<LinkGeneration, SegmentCounts> { [other] = OneVisit(other, Noon) };
        await StoreAsync(1, segment, Noon);
        await StoreAsync(2, others[other], Noon);
        if (isRolledUp) await RollUpAsync(Noon);

        await Store.ForgetAsync(Link, Token);
        await Store.ForgetAsync(Link, Token);
        await Store.ForgetAsync(NewLink("nobody"), Token);
        await ReopenAsync();
        await Store.RollUpAsync(Old, Token);
        Assert.Empty(await ReadAsync(Link, VisitInterval.Month));
        var noon = DateOnly.FromDateTime(Noon.UtcDateTime);
        Assert.Empty(await Store.VisitorsAsync(Link, noon.AddDays(-80), noon, Token));
        Assert.Equal([default, new VisitTotal(1, 0)], await Store.TotalsAsync([Link, other], Token));
        Assert.Single(await ReadAsync(other, VisitInterval.Day));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_that_goes_on_after_it_was_forgotten_counts_again_from_a_later_month_on(bool isRolledUp)
    {
        await StoreAsync(1, OneVisit(Link, Noon), Noon);
        if (isRolledUp) await RollUpAsync(Noon);
        await Store.ForgetAsync(Link, Token);
        var later = Noon.AddDays(31);
        await StoreAsync(2, OneVisit(Link, later), later);
        Assert.Equal([new VisitTotal(1, 0)], await Store.TotalsAsync([Link], Token));
        await RollUpAsync(later);
        await StoreAsync(1, OneVisit(Link, later), later, Guid.CreateVersion7());
        Assert.Equal([new VisitTotal(2, 0)], await Store.TotalsAsync([Link], Token));
        Assert.Equal(2, Assert.Single(await ReadAsync(Link, VisitInterval.Day)).People);
    }
}
