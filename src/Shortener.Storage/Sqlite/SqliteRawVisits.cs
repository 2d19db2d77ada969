using Shortener.Core.Visits;

namespace Shortener.Storage.Sqlite;

/// <summary>The table visit_raw: the newest visits of each link one by one.</summary>
internal static class SqliteRawVisits
{
    private const string OfLink = "alias = $0 AND generation = $1";

    private const string Place = "time, spool, number, idx";

    private const string NewestFirst = "ORDER BY time DESC, spool DESC, number DESC, idx DESC";

    /// <summary>Writes visits of one segment, and removes what their links then have beyond so many; returns how many.</summary>
    public static int Add(SqliteSession session, Guid spool, long number, IReadOnlyList<SegmentVisit> visits, int perLink)
    {
        foreach (var (link, index, visit) in visits)
        {
            session.Execute(
                $"INSERT INTO visit_raw (alias, generation, {Place}, visit) VALUES ($0, $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                link.Alias, link.Generation, visit.Time.ToUnixTimeMilliseconds(), spool.ToByteArray(), number, index,
                visit.Details.ToBytes());
        }

        return visits.Select(visit => visit.Link).Distinct().Sum(link => session.Execute(
            $"DELETE FROM visit_raw WHERE {OfLink} AND ({Place}) <= " +
            $"(SELECT {Place} FROM visit_raw WHERE {OfLink} {NewestFirst} LIMIT 1 OFFSET $2)",
            link.Alias, link.Generation, perLink));
    }

    /// <summary>The rows of a link after a key, newest first.</summary>
    public static List<RawVisitRow> Read(SqliteSession session, LinkGeneration link, RawVisitKey after, long oldest, int count) =>
        session.All(
            $"SELECT {Place}, visit FROM visit_raw " +
            $"WHERE {OfLink} AND ({Place}) < ($2, $3, $4, $5) AND time >= $6 {NewestFirst} LIMIT $7",
            row => new RawVisitRow(
                new(row.GetInt64(0), new Guid(row.GetFieldValue<byte[]>(1)), row.GetInt64(2), row.GetInt32(3)),
                VisitDetails.Parse(row.GetFieldValue<byte[]>(4))),
            link.Alias, link.Generation, after.Time, after.Spool.ToByteArray(), after.Number, after.Index, oldest, count);

    /// <summary>Removes visits from before a time (Unix milliseconds); returns how many, and never more than asked for.</summary>
    public static int RemoveOld(SqliteSession session, long oldest, int count) => session.Execute(
        $"DELETE FROM visit_raw WHERE (alias, generation, {Place}) IN " +
        $"(SELECT alias, generation, {Place} FROM visit_raw WHERE time < $0 LIMIT $1)",
        oldest, count);

    /// <summary>Removes all of a link.</summary>
    public static void Forget(SqliteSession session, LinkGeneration link) =>
        session.Execute($"DELETE FROM visit_raw WHERE {OfLink}", link.Alias, link.Generation);
}
