using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>The table visit_raw: visits of each link one by one, which go by themselves after their lifetime.</summary>
internal sealed class RawVisits(CassandraSession session, TimeSpan lifetime)
{
    private const string Insert =
        "INSERT INTO visit_raw (alias, generation, time, spool, number, idx, visit) VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?";

    private const string Select =
        "SELECT time, spool, number, idx, visit FROM visit_raw WHERE alias = ? AND generation = ? " +
        "AND (time, spool, number, idx) < (?, ?, ?, ?) AND (time) >= (?) LIMIT ?";

    public Task AddAsync(Guid spool, long number, SegmentVisit added, CancellationToken cancellationToken) => session.WriteAsync(
        new(Insert, added.Link.Alias, added.Link.Generation, added.Visit.Time.ToUnixTimeMilliseconds(), spool, number, added.Index,
            added.Visit.Details.ToBytes(), (int)lifetime.TotalSeconds),
        cancellationToken);

    /// <summary>The rows of a link after a key, newest first.</summary>
    public async Task<List<RawVisitRow>> ReadAsync(
        LinkGeneration link, RawVisitKey after, long oldest, int count, CancellationToken cancellationToken)
    {
        var rows = await session.ReadAsync(
            new(Select, link.Alias, link.Generation, after.Time, after.Spool, after.Number, after.Index, oldest, count),
            cancellationToken);
        return rows.ConvertAll(row => new RawVisitRow(
            new(row.GetValue<long>("time"), row.GetValue<Guid>("spool"), row.GetValue<long>("number"), row.GetValue<int>("idx")),
            VisitDetails.Parse(row.GetValue<byte[]>("visit"))));
    }

    public Task ForgetAsync(LinkGeneration link, CancellationToken cancellationToken) => session.WriteAsync(
        new("DELETE FROM visit_raw WHERE alias = ? AND generation = ?", link.Alias, link.Generation), cancellationToken);
}
