using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>What a segment has counted for a link on a day.</summary>
internal sealed record PendingDay(
    string Datacenter, Guid Spool, long Number, DateOnly Day, VisitTotal Total, byte[]? Counts = null)
{
    public int Month => LinkMonth.NumberOf(Day);
}

/// <summary>The table visit_pending: counts of segments that no fold has taken over.</summary>
internal sealed class PendingVisits(CassandraSession session)
{
    private const int DaysPerRead = 300;

    private const string Insert =
        "INSERT INTO visit_pending (alias, generation, datacenter, spool, number, day, people, bots, counts) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP 1";

    public Task AddAsync(Guid spool, long number, LinkDayCounts day, CancellationToken cancellationToken) => session.WriteAsync(
        new(Insert, day.Link.Alias, day.Link.Generation, session.Datacenter, spool, number, day.Day.DayNumber,
            day.Counts.Total.People, day.Counts.Total.Bots, day.Counts.ToBytes()),
        cancellationToken);

    /// <summary>All that is pending for a link, in every data centre.</summary>
    /// <param name="link">The link.</param>
    /// <param name="withCounts">Whether the counts are wanted, beside the totals.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<List<PendingDay>> ReadAllAsync(LinkGeneration link, bool withCounts, CancellationToken cancellationToken)
    {
        var all = new List<PendingDay>();
        PendingDay? last = null;
        while (true)
        {
            var page = await PageAsync(link, withCounts ? ", counts" : "", "(datacenter, spool, number, day) > (?, ?, ?, ?)",
                [last?.Datacenter ?? "", .. After(last)], cancellationToken);
            all.AddRange(page);
            if (page.Count < DaysPerRead) return all;
            last = page[^1];
        }
    }

    /// <summary>
    /// What is pending for a link in this data centre after some row, ordered by spool and number; each segment whole.
    /// </summary>
    public async Task<(List<PendingDay> Days, bool IsLast)> ReadSegmentsAsync(
        LinkGeneration link, PendingDay? last, CancellationToken cancellationToken)
    {
        var page = await PageAsync(link, ", counts", "datacenter = ? AND (spool, number, day) > (?, ?, ?)",
            [session.Datacenter, .. After(last)], cancellationToken);
        if (page.Count < DaysPerRead) return (page, true);
        // The last segment may go on after the page. It is not the only one: a segment has visits of seconds, so of two days.
        var (spool, number) = (page[^1].Spool, page[^1].Number);
        page.RemoveAll(day => day.Spool == spool && day.Number == number);
        return (page, false);
    }

    /// <summary>Removes what a spool had counted in a data centre up to a segment; what comes later of it counts.</summary>
    public Task RemoveAsync(
        LinkGeneration link, string datacenter, Guid spool, long through, CancellationToken cancellationToken) =>
        session.WriteAsync(
            new("DELETE FROM visit_pending USING TIMESTAMP 2 " +
                "WHERE alias = ? AND generation = ? AND datacenter = ? AND spool = ? AND number <= ?",
                link.Alias, link.Generation, datacenter, spool, through),
            cancellationToken);

    private static object[] After(PendingDay? last) =>
        last is null ? [Guid.Empty, 0L, 0] : [last.Spool, last.Number, last.Day.DayNumber];

    private async Task<List<PendingDay>> PageAsync(
        LinkGeneration link, string counts, string from, object[] values, CancellationToken cancellationToken)
    {
        var rows = await session.ReadAsync(
            new($"SELECT datacenter, spool, number, day, people, bots{counts} FROM visit_pending " +
                $"WHERE alias = ? AND generation = ? AND {from} LIMIT {DaysPerRead}",
                [link.Alias, link.Generation, .. values]),
            cancellationToken);
        return rows.ConvertAll(row => new PendingDay(
            row.GetValue<string>("datacenter"), row.GetValue<Guid>("spool"), row.GetValue<long>("number"),
            DateOnly.FromDayNumber(row.GetValue<int>("day")), new(row.GetValue<long>("people"), row.GetValue<long>("bots")),
            counts.Length > 0 ? row.GetValue<byte[]>("counts") : null));
    }
}
