using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// The tables visit_raw and visit_raw_hours: visits of each link one by one, by the hour, and which hours there are. Both go by
/// themselves after a time.
/// </summary>
/// <param name="session">The keyspace.</param>
/// <param name="lifetime">The age up to which visits are shown.</param>
internal sealed class RawVisits(CassandraSession session, TimeSpan lifetime)
{
    private const int MaxKnown = 100_000;
    private const int HoursPerRead = 100;

    private const string Partition = "alias = ? AND generation = ? AND hour = ?";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Hours that this process has listed, so that it need not list them again.</summary>
    private readonly WrittenOnce<(LinkGeneration Link, int Hour)> _hours = new(MaxKnown);

    public async Task AddAsync(Guid spool, long number, SegmentVisit added, CancellationToken cancellationToken)
    {
        var (link, time) = (added.Link, added.Visit.Time.ToUnixTimeMilliseconds());
        var hour = HourOf(time);
        // An hour is listed before its visits, and longer than the last of them is shown, from whatever clock that is.
        await _hours.WriteAsync(
            (link, hour),
            () => session.WriteAsync(
                new("INSERT INTO visit_raw_hours (alias, generation, hour) VALUES (?, ?, ?) USING TTL ?",
                    link.Alias, link.Generation, hour, (int)(lifetime + Hour + Hour).TotalSeconds),
                cancellationToken));
        await session.WriteAsync(
            new("INSERT INTO visit_raw (alias, generation, hour, time, spool, number, idx, visit) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?",
                link.Alias, link.Generation, hour, time, spool, number, added.Index, added.Visit.Details.ToBytes(),
                (int)lifetime.TotalSeconds),
            cancellationToken);
    }

    /// <summary>The rows of a link after a key and not from before a time (Unix milliseconds), newest first.</summary>
    public Task<List<RawVisitRow>> ReadAsync(
        LinkGeneration link, RawVisitKey after, long oldest, int count, CancellationToken cancellationToken) => TimeBuckets.ReadAsync(
        HourOf(after.Time), count,
        (newest, limit) => HoursAsync(link, newest, HourOf(oldest), limit, cancellationToken),
        async (hour, limit) => (await session.ReadAsync(
            new($"SELECT time, spool, number, idx, visit FROM visit_raw WHERE {Partition} " +
                "AND (time, spool, number, idx) < (?, ?, ?, ?) AND (time) >= (?) LIMIT ?",
                link.Alias, link.Generation, hour, after.Time, after.Spool, after.Number, after.Index, oldest, limit),
            cancellationToken)).Select(row => new RawVisitRow(
            new(row.GetValue<long>("time"), row.GetValue<Guid>("spool"), row.GetValue<long>("number"), row.GetValue<int>("idx")),
            VisitDetails.Parse(row.GetValue<byte[]>("visit")))));

    /// <summary>Removes all of a link that is there.</summary>
    public async Task ForgetAsync(LinkGeneration link, CancellationToken cancellationToken)
    {
        var (newest, count) = (int.MaxValue, HoursPerRead);
        while (count == HoursPerRead)
        {
            var hours = await HoursAsync(link, newest, 0, HoursPerRead, cancellationToken);
            count = hours.Count;
            foreach (var hour in hours)
            {
                // The list last: it leads a repetition to what is left.
                foreach (var table in (string[])["visit_raw", "visit_raw_hours"])
                {
                    await session.WriteAsync(
                        new($"DELETE FROM {table} WHERE {Partition}", link.Alias, link.Generation, hour), cancellationToken);
                }

                newest = hour - 1;
            }
        }
    }

    private async Task<List<int>> HoursAsync(
        LinkGeneration link, int newest, int oldest, int limit, CancellationToken cancellationToken) =>
        (await session.ReadAsync(
            new("SELECT hour FROM visit_raw_hours WHERE alias = ? AND generation = ? AND hour <= ? AND hour >= ? LIMIT ?",
                link.Alias, link.Generation, newest, oldest, limit),
            cancellationToken)).ConvertAll(row => row.GetValue<int>("hour"));

    /// <summary>Hours since 1970; all times after those that numbers can say are one.</summary>
    private static int HourOf(long time) => (int)Math.Min(time / (long)Hour.TotalMilliseconds, int.MaxValue);
}
