using Shortener.Core.Visits;
using Shortener.Storage.Cassandra;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>What the roll-up of visits leaves in the tables, and what a crash in the middle of it does.</summary>
public sealed class CassandraVisitFoldTests(KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Today = DateOnly.FromDateTime(Noon.UtcDateTime);

    private readonly Guid _spool = Guid.CreateVersion7();
    private readonly LinkGeneration _link = new($"link-{Guid.CreateVersion7():N}", 1);
    private CassandraDatabase? _opened;
    private CassandraVisitStore _store = null!;

    private CassandraSession Session => _opened!.Session;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _opened = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        _store = new CassandraVisitStore(_opened, new(TimeSpan.FromDays(30), RawPerLink: 3, RawLifetime: TimeSpan.FromDays(10)));
    }

    public ValueTask DisposeAsync() => _opened?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_part_of_a_segment_that_was_cut_off_is_not_folded_before_the_rest_is_there()
    {
        await _store.AddAsync(_spool, 1, Visits(Noon), Noon, Token);
        await _store.RollUpAsync(Noon.AddHours(1), Token);
        await StoreAsync(1, Visits(Noon, Noon.AddDays(1)), Noon.AddHours(2));
        await AssertTotalAsync(2);
        await _store.RollUpAsync(Noon.AddHours(3), Token);
        await AssertTotalAsync(2);
    }

    [Fact]
    public async Task What_is_folded_is_pending_no_more_and_its_work_is_gone()
    {
        await StoreAsync(1, Visits(Noon), Noon);
        Assert.Single(await PendingAsync());
        await _store.RollUpAsync(Noon, Token);
        Assert.Single(await PendingAsync());
        await _store.RollUpAsync(Noon.AddHours(1), Token);
        Assert.Empty(await PendingAsync());
        await AssertTotalAsync(1);
        // The hours of the month are the only work left.
        Assert.All(
            await Session.ReadAsync(new("SELECT bucket FROM visit_buckets"), Token),
            row => Assert.InRange(row.GetValue<int>("bucket") * 10L, Noon.AddDays(30).ToUnixTimeSeconds() / 60, long.MaxValue));
    }

    [Fact]
    public async Task A_write_that_arrives_after_its_segment_was_folded_counts_no_more()
    {
        await StoreAsync(1, Visits(Noon), Noon);
        await _store.RollUpAsync(Noon.AddHours(1), Token);
        await _store.AddAsync(_spool, 1, Visits(Noon), Noon.AddHours(2), Token);
        Assert.Empty(await PendingAsync());
        await AssertTotalAsync(1);

        // Also when the deletion is forgotten, after its grace: as a row with a later timestamp is.
        await Session.WriteAsync(
            new("INSERT INTO visit_pending (alias, generation, datacenter, spool, number, day, people, bots, counts) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP 3",
                _link.Alias, _link.Generation, Session.Datacenter, _spool, 1L, Today.DayNumber, 1L, 0L,
                Visits(Noon).InOrder()[0].Counts.ToBytes()),
            Token);
        Assert.Single(await PendingAsync());
        await AssertTotalAsync(1);
        await StoreAsync(2, Visits(Noon), Noon.AddHours(4));
        await _store.RollUpAsync(Noon.AddHours(5), Token);
        await AssertTotalAsync(2);
    }

    [Fact]
    public async Task A_crash_right_after_the_fold_counts_nothing_twice()
    {
        await StoreAsync(1, Visits(Noon, Noon.AddDays(1)), Noon);
        var month = new LinkMonth(_link, LinkMonth.NumberOf(Today), Session.Datacenter);
        var pending = await PendingAsync();
        var months = new VisitMonths(Session);
        var folded = await months.FoldAsync(month, pending, Token);
        await AssertTotalAsync(2);
        Assert.Equal(folded.Revision, (await months.FoldAsync(month, pending, Token)).Revision);
        await new VisitTotals(Session).CopyAsync(month, folded, Token);
        await AssertTotalAsync(2);
        await _store.RollUpAsync(Noon.AddHours(1), Token);
        Assert.Empty(await PendingAsync());
        await AssertTotalAsync(2);
    }

    [Fact]
    public async Task Many_segments_are_folded_a_page_at_a_time()
    {
        const int Segments = 200;
        for (var number = 1; number <= Segments; number++)
            await _store.AddAsync(_spool, number, Visits(Noon, Noon.AddDays(1)), Noon, Token);
        await AssertTotalAsync(2 * Segments);
        await _store.MarkStoredAsync(_spool, Segments - 1, Token);
        await _store.RollUpAsync(Noon.AddHours(1), Token);
        Assert.All(await PendingAsync(), day => Assert.Equal(Segments, day.Number));
        await AssertTotalAsync(2 * Segments);
    }

    [Fact]
    public async Task Days_as_large_as_a_flood_can_make_them_are_folded_in_one_step()
    {
        for (var number = 1; number <= 3; number++)
        {
            var segment = Visits(Noon, Noon.AddDays(1));
            foreach (var day in segment.InOrder())
            {
                for (var i = 0; i < DayCounts.MaxValues; i++)
                {
                    var value = $"{number}-{i}-".PadRight(DayCounts.MaxValueLength, 'x');
                    for (var dimension = VisitDimension.Referrer; dimension <= VisitDimension.UtmContent; dimension++)
                        day.Counts.Add(number, dimension, value, 1, 0);
                }
            }

            await StoreAsync(number, segment, Noon);
        }

        await _store.RollUpAsync(Noon.AddHours(1), Token);
        Assert.Empty(await PendingAsync());
        await AssertTotalAsync(6);
        var query = new VisitQuery(_link, Noon.AddDays(-1), Noon.AddDays(9), VisitDimension.UtmTerm, VisitInterval.Day);
        var counts = await _store.ReadAsync(query, Token);
        Assert.Equal(2 * DayCounts.MaxValues, counts.Count);
        Assert.Equal(2 * 3 * DayCounts.MaxValues, counts.Sum(count => count.People));
    }

    [Fact]
    public async Task Visits_that_are_kept_one_by_one_go_by_themselves_after_their_lifetime()
    {
        var details = new VisitDetails(false, "", "", "", "", "", "", UtmFields.None);
        await _store.AddRawAsync(_spool, 1, [new(_link, 1, new(Noon, details))], Token);
        var hour = (int)(Noon.ToUnixTimeSeconds() / 3600);
        var rows = await Session.ReadAsync(
            new("SELECT TTL(visit) AS ttl FROM visit_raw WHERE alias = ? AND generation = ? AND hour = ?", _link.Alias, _link.Generation, hour),
            Token);
        var tenDays = 10 * 24 * 60 * 60;
        Assert.InRange(Assert.Single(rows).GetValue<int>("ttl"), tenDays - 600, tenDays);
        await Session.WriteAsync(
            new("DELETE FROM visit_raw_hours WHERE alias = ? AND generation = ? AND hour = ?", _link.Alias, _link.Generation, hour), Token);
        Assert.Empty((await _store.ReadRawAsync(new(_link, 10, null, Noon), Token)).Items);
    }

    [Fact]
    public async Task A_link_that_was_forgotten_keeps_no_row_of_a_visit_in_any_hour()
    {
        var details = new VisitDetails(false, "", "", "", "", "", "", UtmFields.None);
        var visits = Enumerable.Range(0, 120).Select(i => new SegmentVisit(_link, i, new(Noon.AddHours(-i), details))).ToList();
        await _store.AddRawAsync(_spool, 1, visits, Token);
        await _store.ForgetAsync(_link, Token);
        foreach (var (_, _, visit) in visits)
        {
            Assert.Empty(await Session.ReadAsync(
                new("SELECT time FROM visit_raw WHERE alias = ? AND generation = ? AND hour = ?",
                    _link.Alias, _link.Generation, (int)(visit.Time.ToUnixTimeSeconds() / 3600)),
                Token));
        }

        Assert.Empty(await Session.ReadAsync(
            new("SELECT hour FROM visit_raw_hours WHERE alias = ? AND generation = ?", _link.Alias, _link.Generation), Token));
    }

    private SegmentCounts Visits(params DateTimeOffset[] times)
    {
        var segment = new SegmentCounts();
        foreach (var time in times) segment.On(_link, time).Add(time.Hour, VisitDimension.Total, "", 1, 0);
        return segment;
    }

    private async Task StoreAsync(long number, SegmentCounts segment, DateTimeOffset now)
    {
        await _store.AddAsync(_spool, number, segment, now, Token);
        await _store.MarkStoredAsync(_spool, number, Token);
    }

    private Task<List<PendingDay>> PendingAsync() =>
        new PendingVisits(Session).ReadAllAsync(_link, withCounts: true, Token);

    private async Task AssertTotalAsync(long people)
    {
        Assert.Equal([new VisitTotal(people, 0)], await _store.TotalsAsync([_link], Token));
        var query = new VisitQuery(_link, Noon.AddDays(-9), Noon.AddDays(9), VisitDimension.Total, VisitInterval.Month);
        Assert.Equal(people, Assert.Single(await _store.ReadAsync(query, Token)).People);
    }
}
