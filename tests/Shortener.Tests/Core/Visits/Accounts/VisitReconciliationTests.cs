using Shortener.Core.Visits;
using Shortener.Core.Visits.Accounts;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Visits.Accounts;

public sealed class VisitReconciliationTests : IAsyncLifetime
{
    private readonly EmbeddedDatabase _database = new();
    private readonly SqliteVisitStore _store;
    private readonly SqliteLinkStore _links;
    private readonly VisitsOfEveryKind _visits;

    public VisitReconciliationTests()
    {
        _store = new SqliteVisitStore(_database.Current, new(TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30)));
        _links = new SqliteLinkStore(_database.Current);
        _visits = new VisitsOfEveryKind(_store, _links);
    }

    public static TheoryData<VisitDimension> Complete =>
        [.. Enum.GetValues<VisitDimension>().Where(dimension => dimension is > VisitDimension.Total and < VisitDimension.UtmSource)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _visits.MakeLinksAsync();
        await _visits.AddAsync(2);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Visits_of_every_kind_agree_also_when_their_hours_are_folded()
    {
        Assert.Empty(await _visits.ReconcileAsync());
        await _store.RollUpAsync(VisitsOfEveryKind.Noon.AddDays(40), Token);
        var reconciliation = new VisitReconciliation(_store, _links, VisitsOfEveryKind.Kept, new StillClock());
        await foreach (var disagreement in reconciliation.RunAsync(Token)) Assert.Fail(disagreement);
        Assert.Equal((5, new VisitTotal(6, 6)), (reconciliation.Links, reconciliation.Visits));
    }

    [Fact]
    public async Task Visits_that_come_meanwhile_make_no_disagreement()
    {
        var adding = _visits.AddAsync(300);
        do Assert.Empty(await _visits.ReconcileAsync());
        while (!adding.IsCompleted);
        await adding;
    }

    [Theory]
    [InlineData("UPDATE visit_totals SET people = people + 1 WHERE alias = 'promo'",
        "Link promo, generation 1: 3 by people and 2 by bots in all, but its days have 2 by people and 2 by bots.")]
    [InlineData("DELETE FROM visit_totals WHERE alias = 'sale'",
        "Link sale, generation 1: 0 by people and 0 by bots in all, but its days have 2 by people and 0 by bots.")]
    [InlineData("DELETE FROM visit_days WHERE alias = 'again' AND generation = 2",
        "Link again, generation 2: 2 by people and 0 by bots in all, but its days have 0 by people and 0 by bots.")]
    [InlineData("UPDATE visit_totals SET bots = bots - 1 WHERE alias = ''",
        "Unknown aliases: 0 by people and 1 by bots in all, but its days have 0 by people and 2 by bots.")]
    [InlineData("UPDATE visit_totals SET bots = bots + 1 WHERE alias = '@bob'",
        "Owner bob: 2 by people and 1 by bots in all, but its days have 2 by people and 0 by bots.")]
    [InlineData("DELETE FROM visit_totals WHERE alias = '@bob'",
        "Owner bob: 0 by people and 0 by bots, but the links have 2 by people and 0 by bots.")]
    public async Task A_changed_total_is_told(string change, string sentence)
    {
        await ExecuteAsync(change);
        Assert.Contains(sentence, await _visits.ReconcileAsync());
    }

    [Theory]
    [MemberData(nameof(Complete))]
    public async Task A_changed_document_is_told_whichever_dimension_it_is(VisitDimension dimension)
    {
        await ChangeAsync("promo", counts => counts.Add(12, dimension, "x", 1, 0));
        Assert.Equal(
            [$"Link promo, generation 1, 2026-02-03: 2 by people and 2 by bots, but by {dimension} 3 by people and 2 by bots."],
            await _visits.ReconcileAsync());
    }

    [Fact]
    public async Task A_day_that_lacks_visits_is_told_in_all_dimensions()
    {
        await ChangeAsync("@bob", counts => counts.Add(12, VisitDimension.Total, "", 0, 5));
        var told = await _visits.ReconcileAsync();
        Assert.Equal("Owner bob: 2 by people and 0 by bots in all, but its days have 2 by people and 5 by bots.", told[0]);
        Assert.Equal(
            Complete.Select(row => $"Owner bob, 2026-02-03: 2 by people and 5 by bots, but by {row.Data} 2 by people and 0 by bots."), told[1..^1]);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_told_and_the_others_are_read()
    {
        await ExecuteAsync("UPDATE visit_days SET counts = x'00' WHERE alias = 'promo'");
        await ExecuteAsync("UPDATE visit_totals SET people = 7 WHERE alias = 'sale'");
        var told = await _visits.ReconcileAsync();
        Assert.Contains(told, line => line.StartsWith("Link promo, generation 1: ", StringComparison.Ordinal) && line.Contains("damaged", StringComparison.Ordinal));
        Assert.Contains("Link sale, generation 1: 7 by people and 0 by bots in all, but its days have 2 by people and 0 by bots.", told);
    }

    [Fact]
    public async Task A_forgotten_link_is_missed_in_its_owner_on_recent_days_alone()
    {
        await _store.ForgetAsync(new LinkGeneration("sale", 1), Token);
        await _store.ForgetAsync(new LinkGeneration("gone", 1), Token);
        var lastDay = VisitsOfEveryKind.Noon + VisitsOfEveryKind.Kept - TimeSpan.FromDays(2);
        Assert.Equal(
            [
                "Owner ann, since 2026-02-03: 4 by people and 6 by bots, but the links have 4 by people and 2 by bots, and all deleted links 0 by people and 2 by bots.",
                "Owner bob, since 2026-02-03: 2 by people and 0 by bots, but the links have 0 by people and 0 by bots, and all deleted links 0 by people and 2 by bots.",
            ],
            await _visits.ReconcileAsync(lastDay));
        Assert.Empty(await _visits.ReconcileAsync(lastDay.AddDays(1)));

        await _visits.AddAsync(1, lastDay);
        Assert.Empty(await _visits.ReconcileAsync(lastDay.AddDays(1)));
        await _store.ForgetAsync(new LinkGeneration("sale", 1), Token);
        Assert.Equal(
            ["Owner bob, since 2026-02-04: 1 by people and 0 by bots, but the links have 0 by people and 0 by bots, and all deleted links 0 by people and 2 by bots."],
            await _visits.ReconcileAsync(lastDay.AddDays(1)));
    }

    [Fact]
    public async Task An_owner_who_lacks_visits_of_old_days_is_told()
    {
        await _store.ForgetAsync(VisitCounter.AllOf("bob"), Token);
        Assert.Equal(
            ["Owner bob: 0 by people and 0 by bots, but the links have 2 by people and 0 by bots."],
            await _visits.ReconcileAsync(VisitsOfEveryKind.Noon.AddDays(100)));
    }

    [Fact]
    public async Task Links_that_are_forgotten_meanwhile_make_no_disagreement()
    {
        var aliases = Enumerable.Range(0, 400).Select(i => $"old-{i}").ToList();
        var segment = new SegmentCounts();
        foreach (var alias in aliases) CountBots(segment.On(new LinkGeneration(alias, 1), VisitsOfEveryKind.Noon), 1);
        CountBots(segment.On(VisitCounter.AllOf("ann"), VisitsOfEveryKind.Noon), aliases.Count);
        await _store.AddAsync(Guid.CreateVersion7(), 1, segment, VisitsOfEveryKind.Noon, Token);
        var forgetting = Task.WhenAll(aliases.Select(alias => _store.ForgetAsync(new LinkGeneration(alias, 1), Token)));
        do Assert.Empty(await _visits.ReconcileAsync(VisitsOfEveryKind.Noon.AddDays(100)));
        while (!forgetting.IsCompleted);
        await forgetting;
    }

    [Theory]
    [InlineData(1, ", since 2025-11-08")]
    [InlineData(100, "")]
    public async Task Deleted_links_that_have_more_than_owners_know_of_are_told(int days, string since)
    {
        var segment = new SegmentCounts();
        CountBots(segment.On(new LinkGeneration("gone", 1), VisitsOfEveryKind.Noon), 1);
        await _store.AddAsync(Guid.CreateVersion7(), 1, segment, VisitsOfEveryKind.Noon, Token);
        Assert.Equal(
            [$"All owners{since}: 6 by people and 6 by bots, but all links, with those deleted, have 6 by people and 7 by bots."],
            await _visits.ReconcileAsync(VisitsOfEveryKind.Noon.AddDays(days)));
    }

    private static void CountBots(DayCounts day, int bots)
    {
        for (var dimension = VisitDimension.Total; dimension < VisitDimension.UtmSource; dimension++) day.Add(12, dimension, "", 0, bots);
    }

    private async Task ExecuteAsync(string sql) =>
        Assert.Equal(1, await _database.Current.WriteAsync(session => session.Execute(sql), Token));

    private async Task ChangeAsync(string alias, Action<DayCounts> change)
    {
        var counts = DayCounts.Parse((await _database.Current.ReadAsync(
            session => session.First("SELECT counts FROM visit_days WHERE alias = $0", row => row.GetFieldValue<byte[]>(0), alias), Token))!);
        change(counts);
        await _database.Current.WriteAsync(
            session => session.Execute("UPDATE visit_days SET counts = $1 WHERE alias = $0", alias, counts.ToBytes()), Token);
    }
}
