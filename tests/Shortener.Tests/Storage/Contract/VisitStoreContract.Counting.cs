using Shortener.Core.Visits;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class VisitStoreContract
{
    [Fact]
    public async Task Visits_are_counted_by_hour_day_and_month_at_once_and_after_reopening_and_rolling_up()
    {
        var segment = new SegmentCounts();
        _ledger.Visit(segment, Link, Noon, values: [(VisitDimension.Country, "DE"), (VisitDimension.Referrer, "größe.example")]);
        _ledger.Visit(segment, Link, Noon, isBot: true, values: [(VisitDimension.Country, "DE")]);
        _ledger.Visit(segment, Link, Noon.AddHours(1), values: [(VisitDimension.Country, ""), (VisitDimension.UtmContent, "😀")]);
        _ledger.Visit(segment, Link, Noon.AddDays(-1), values: [(VisitDimension.Country, "FR")]);
        _ledger.Visit(segment, Link, Noon.AddDays(-25), values: [(VisitDimension.Country, "FR")]);
        await StoreAsync(1, segment, Noon);
        await AssertAllAsync(Link);
        Assert.Equal(
            new VisitCount(new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero), VisitInterval.Hour, "DE", 1, 1),
            (await ReadAsync(Link, VisitInterval.Hour, VisitDimension.Country))[2]);
        await ReopenAsync();
        await RollUpAsync(Noon);
        var rolledUp = await ReadAsync(Link, VisitInterval.Month, VisitDimension.Country);
        Assert.Equal(["FR", "", "DE", "FR"], rolledUp.Select(count => count.Value));
        await AssertAllAsync(Link);
    }

    [Fact]
    public async Task A_query_takes_the_hours_that_begin_within_its_times()
    {
        var start = new DateTimeOffset(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);
        var segment = new SegmentCounts();
        for (var hour = -30; hour <= 30; hour++) _ledger.Visit(segment, Link, start.AddHours(hour));
        await StoreAsync(1, segment, start);
        foreach (var (from, to) in new[] { (0, 1), (-12, 12), (-30, 31), (5, 5), (6, 2), (30, 500), (-500, -30) })
        {
            var query = new VisitQuery(Link, start.AddHours(from), start.AddHours(to), VisitDimension.Total, VisitInterval.Hour);
            Assert.Equal(_ledger.Answer(query), await Store.ReadAsync(query, Token));
            var byDay = query with { Interval = VisitInterval.Day };
            Assert.Equal(_ledger.Answer(byDay), await Store.ReadAsync(byDay, Token));
        }

        var within = new VisitQuery(Link, start.AddMinutes(1), start.AddMinutes(61), VisitDimension.Total, VisitInterval.Hour);
        Assert.Equal(start.AddHours(1), Assert.Single(await Store.ReadAsync(within, Token)).Start);
    }

    [Fact]
    public async Task Links_generations_and_cases_are_counted_apart()
    {
        LinkGeneration[] links =
        [
            Link, Link with { Generation = 4 }, Link with { Alias = Link.Alias.ToUpperInvariant() }, NewLink("more"),
            Link with { Alias = "@" + Link.Alias },
        ];
        var segment = new SegmentCounts();
        for (var i = 0; i < links.Length; i++)
        {
            for (var visit = 0; visit <= i; visit++) _ledger.Visit(segment, links[i], Noon);
        }

        await StoreAsync(1, segment, Noon);
        await AssertAllAsync(links);
        await RollUpAsync(Noon);
        await AssertAllAsync([.. links, NewLink("nobody")]);
    }

    [Fact]
    public async Task Visits_to_unknown_aliases_are_counted_under_the_empty_alias()
    {
        // Under a generation of its own, because other tests have no other empty alias.
        var unknown = new LinkGeneration("", Random.Shared.Next());
        await StoreAsync(1, OneVisit(unknown, Noon), Noon);
        await AssertAllAsync(unknown);
        await RollUpAsync(Noon);
        await AssertAllAsync(unknown);
    }

    [Fact]
    public async Task A_flood_of_values_is_bounded_and_its_sums_stay_right()
    {
        const int Segments = 6, ValuesEach = 400;
        for (var number = 0; number < Segments; number++)
        {
            var segment = new SegmentCounts();
            var time = Noon.AddHours(number);
            for (var i = 0; i < ValuesEach + 5; i++)
            {
                var host = i < ValuesEach ? $"spam-{number}-{i}.example" : "real.example";
                _ledger.Visit(segment, Link, time, values: (VisitDimension.Referrer, host));
            }

            await StoreAsync(number + 1, segment, time);
            if (number % 2 == 1) await RollUpAsync(time);
        }

        await RollUpAsync(Noon.AddHours(Segments));
        var counts = await ReadAsync(Link, VisitInterval.Day, VisitDimension.Referrer);
        Assert.InRange(counts.Count, 2, DayCounts.MaxValues);
        Assert.Equal(Segments * (ValuesEach + 5), counts.Sum(count => count.People));
        Assert.Equal(Segments * 5, counts.Single(count => count.Value == "real.example").People);
        Assert.InRange(counts.Single(count => count.Value == DayCounts.Other).People, 1, int.MaxValue);
        Assert.Equal(Segments, (await ReadAsync(Link, VisitInterval.Hour)).Count);
    }

    [Fact]
    public async Task Visitors_are_told_apart_and_days_can_be_put_together()
    {
        const int Each = 25_000, Segments = 4;
        for (var number = 0; number < Segments; number++)
        {
            var segment = new SegmentCounts();
            // Two days with two segments each. Half of a segment's visitors were in the one before.
            var visitors = segment.On(Link, Noon.AddDays(number / 2)).Visitors;
            for (var i = 0; i < Each; i++) visitors.Add((ulong)((number * Each / 2) + i));
            await StoreAsync(number + 1, segment, Noon);
            if (number == 2) await RollUpAsync(Noon);
        }

        var first = DateOnly.FromDateTime(Noon.UtcDateTime);
        var days = await Store.VisitorsAsync(Link, first, first.AddDays(7), Token);
        Assert.Equal([first, first.AddDays(1)], days.Select(day => day.Day));
        Assert.All(days, day => Assert.InRange(day.Visitors.Count, Each * 1.5 * 0.97, Each * 1.5 * 1.03));
        days[0].Visitors.Add(days[1].Visitors);
        Assert.InRange(days[0].Visitors.Count, Each * 2.5 * 0.97, Each * 2.5 * 1.03);
        Assert.Single(await Store.VisitorsAsync(Link, first, first, Token));
        Assert.Empty(await Store.VisitorsAsync(NewLink("nobody"), first, first, Token));
    }
}
