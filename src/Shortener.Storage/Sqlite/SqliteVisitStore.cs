using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Shortener.Core.Visits;

namespace Shortener.Storage.Sqlite;

/// <summary>
/// Visits in SQLite. A segment is added to the counts in a few transactions, each of which also says how far it came: nothing
/// is left to fold, and nothing can be counted twice.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="settings">How long visits are kept.</param>
public sealed class SqliteVisitStore(SqliteDatabase database, VisitStoreSettings settings) : IVisitStore
{
    /// <summary>The most days of links that one transaction changes: links that are made meanwhile wait for its end.</summary>
    private const int DaysPerWrite = 500;

    private const int LinksPerPage = 100;

    /// <summary>The most visits that one transaction writes or removes one by one.</summary>
    private const int VisitsPerWrite = 500;

    private const string OfLink = "alias = $0 AND generation = $1";

    /// <inheritdoc/>
    public async Task AddRawAsync(
        Guid spool, long number, IReadOnlyList<SegmentVisit> visits, CancellationToken cancellationToken)
    {
        foreach (var part in visits.Chunk(VisitsPerWrite))
        {
            await database.WriteAsync(
                session => SqliteRawVisits.Add(session, spool, number, part, settings.RawPerLink), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<RawVisitPage> ReadRawAsync(RawVisitQuery query, CancellationToken cancellationToken) => RawVisitPages.ReadAsync(
        query, settings,
        (after, oldest, count) => database.ReadAsync(
            session => SqliteRawVisits.Read(session, query.Link, after, oldest, count), cancellationToken));

    /// <inheritdoc/>
    public async Task AddAsync(
        Guid spool, long number, SegmentCounts counts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = counts.InOrder();
        while (await database.WriteAsync(session => AddPart(session, spool, number, days), cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task MarkStoredAsync(Guid spool, long number, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                "INSERT INTO visit_spools (spool, number, added) VALUES ($0, $1, NULL) " +
                "ON CONFLICT (spool) DO UPDATE SET number = excluded.number, added = NULL WHERE excluded.number > number",
                spool.ToByteArray(), number),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> StoredThroughAsync(Guid spool, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                var (number, added) = Progress(session, spool);
                return added is null ? number : number - 1;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task RollUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = DayOf(now - settings.HoursKept);
        while (await database.WriteAsync(session => FoldHours(session, oldest), cancellationToken) == DaysPerWrite)
            cancellationToken.ThrowIfCancellationRequested();
        var oldestRaw = (now - settings.RawLifetime).ToUnixTimeMilliseconds();
        while (await database.WriteAsync(
            session => SqliteRawVisits.RemoveOld(session, oldestRaw, VisitsPerWrite), cancellationToken) == VisitsPerWrite)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VisitCount>> ReadAsync(VisitQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => query.Sum(Days(
                session, query.Link, query.FirstDay, query.LastDay, bytes => DayCounts.Parse(bytes, query.Dimension))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<VisitTotal>> TotalsAsync(
        IReadOnlyList<LinkGeneration> links, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<VisitTotal>>(
            session =>
            [
                .. links.Select(link => session.First(
                    $"SELECT people, bots FROM visit_totals WHERE {OfLink}",
                    row => new VisitTotal(row.GetInt64(0), row.GetInt64(1)), link.Alias, link.Generation)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<LinkGeneration>> LinksAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new LinkGeneration("", -1);
        while (true)
        {
            // Of both tables: a row that one of them has lost must not hide what the other has.
            var page = await database.ReadAsync(
                session => session.All(
                    "SELECT alias, generation FROM visit_totals WHERE (alias, generation) > ($0, $1) UNION " +
                    "SELECT alias, generation FROM visit_days WHERE (alias, generation) > ($0, $1) " +
                    "ORDER BY alias, generation LIMIT $2",
                    row => new LinkGeneration(row.GetString(0), row.GetInt32(1)), last.Alias, last.Generation, LinksPerPage),
                cancellationToken);
            if (page.Count == 0) yield break;
            yield return page;
            last = page[^1];
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DayVisitors>> VisitorsAsync(
        LinkGeneration link, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DayVisitors>>(
            session =>
            [
                .. Days(session, link, first, last, DayCounts.ParseVisitors).Select(day => new DayVisitors(day.Day, day.Counts)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public async Task ForgetAsync(LinkGeneration link, CancellationToken cancellationToken)
    {
        while (await database.WriteAsync(session => Forget(session, link), cancellationToken) == DaysPerWrite)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static int DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime).DayNumber;

    /// <returns>Whether more of the segment is left to be added.</returns>
    private static bool AddPart(SqliteSession session, Guid spool, long number, IReadOnlyList<LinkDayCounts> days)
    {
        var (last, added) = Progress(session, spool);
        if (number < last || (number == last && added is null)) return false;
        if (number > last && added is not null)
            throw new InvalidOperationException($"Segment {number} of a spool came before all of segment {last} was added.");
        var from = added ?? 0;
        var end = Math.Min(from + DaysPerWrite, days.Count);
        for (var i = from; i < end; i++) AddDay(session, days[i]);
        session.Execute(
            "INSERT OR REPLACE INTO visit_spools (spool, number, added) VALUES ($0, $1, $2)",
            spool.ToByteArray(), number, end < days.Count ? end : null);
        return end < days.Count;
    }

    private static (long Number, int? Added) Progress(SqliteSession session, Guid spool) => session.First(
        "SELECT number, added FROM visit_spools WHERE spool = $0",
        row => (row.GetInt64(0), row.IsDBNull(1) ? null : (int?)row.GetInt32(1)), spool.ToByteArray());

    private static void AddDay(SqliteSession session, LinkDayCounts added)
    {
        var (link, day, counts) = added;
        var sum = session.First(
            $"SELECT counts FROM visit_days WHERE {OfLink} AND day = $2", row => DayCounts.Parse(Bytes(row, 0)),
            link.Alias, link.Generation, day.DayNumber) ?? new DayCounts();
        sum.Add(counts);
        WriteDay(session, link, day, sum);
        var total = counts.Total;
        session.Execute(
            "INSERT INTO visit_totals (alias, generation, people, bots) VALUES ($0, $1, $2, $3) " +
            "ON CONFLICT (alias, generation) DO UPDATE SET people = people + excluded.people, bots = bots + excluded.bots",
            link.Alias, link.Generation, total.People, total.Bots);
    }

    private static void WriteDay(SqliteSession session, LinkGeneration link, DateOnly day, DayCounts counts) => session.Execute(
        "INSERT INTO visit_days (alias, generation, day, has_hours, counts) VALUES ($0, $1, $2, $3, $4) " +
        "ON CONFLICT (alias, generation, day) DO UPDATE SET has_hours = excluded.has_hours, counts = excluded.counts",
        link.Alias, link.Generation, day.DayNumber, counts.HasHours, counts.ToBytes());

    /// <returns>How many days were folded.</returns>
    private static int FoldHours(SqliteSession session, int oldest)
    {
        var days = session.All(
            "SELECT alias, generation, day, counts FROM visit_days WHERE has_hours = 1 AND day < $0 LIMIT $1",
            row => new LinkDayCounts(
                new(row.GetString(0), row.GetInt32(1)), DateOnly.FromDayNumber(row.GetInt32(2)), DayCounts.Parse(Bytes(row, 3))),
            oldest, DaysPerWrite);
        foreach (var day in days) WriteDay(session, day.Link, day.Day, day.Counts.WithoutHours());
        return days.Count;
    }

    /// <returns>How many days were removed.</returns>
    private static int Forget(SqliteSession session, LinkGeneration link)
    {
        var removed = session.Execute(
            $"DELETE FROM visit_days WHERE {OfLink} AND day IN (SELECT day FROM visit_days WHERE {OfLink} LIMIT $2)",
            link.Alias, link.Generation, DaysPerWrite);
        if (removed == DaysPerWrite) return removed;
        SqliteRawVisits.Forget(session, link);
        session.Execute($"DELETE FROM visit_totals WHERE {OfLink}", link.Alias, link.Generation);
        return removed;
    }

    private static List<(DateOnly Day, T Counts)> Days<T>(
        SqliteSession session, LinkGeneration link, DateOnly first, DateOnly last, Func<byte[], T> parse) => session.All(
        $"SELECT day, counts FROM visit_days WHERE {OfLink} AND day >= $2 AND day <= $3 ORDER BY day",
        row => (DateOnly.FromDayNumber(row.GetInt32(0)), parse(Bytes(row, 1))),
        link.Alias, link.Generation, first.DayNumber, last.DayNumber);

    private static byte[] Bytes(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
