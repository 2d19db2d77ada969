using System.Runtime.CompilerServices;
using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>A copy of the sums of one month, and which segments are in it.</summary>
internal sealed record MonthTotal(int Month, string Datacenter, StoredMonth Sums);

/// <summary>The table visit_totals: the months that a link has, with copies of their sums.</summary>
internal sealed class VisitTotals(CassandraSession session)
{
    /// <summary>Before every copy, the first of which is of revision 1.</summary>
    private const long Announced = 1;

    private const int MaxKnown = 100_000;
    private const int LinksPerPage = 100;

    private readonly WrittenOnce<(LinkGeneration Link, int Month)> _announced = new(MaxKnown);

    /// <summary>Says that a link has, or is about to have, counts of a month in this data centre.</summary>
    public Task AnnounceAsync(LinkGeneration link, int month, CancellationToken cancellationToken) => _announced.WriteAsync(
        (link, month),
        () => session.WriteAsync(
            new("INSERT INTO visit_totals (alias, generation, month, datacenter) VALUES (?, ?, ?, ?) USING TIMESTAMP ?",
                link.Alias, link.Generation, month, session.Datacenter, Announced),
            cancellationToken));

    public Task CopyAsync(LinkMonth month, StoredMonth stored, CancellationToken cancellationToken) => session.WriteAsync(
        new("INSERT INTO visit_totals (alias, generation, month, datacenter, people, bots, folded) " +
            "VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?",
            month.Link.Alias, month.Link.Generation, month.Month, month.Datacenter, stored.Total.People, stored.Total.Bots,
            stored.Folded, Announced + stored.Revision),
        cancellationToken);

    /// <summary>The months of a link: a row for each of them, of every data centre.</summary>
    public async Task<List<MonthTotal>> ReadAsync(LinkGeneration link, int first, int last, CancellationToken cancellationToken)
    {
        var rows = await session.ReadAsync(
            new("SELECT month, datacenter, people, bots, folded FROM visit_totals " +
                "WHERE alias = ? AND generation = ? AND month >= ? AND month <= ?",
                link.Alias, link.Generation, first, last),
            cancellationToken);
        return rows.ConvertAll(row => new MonthTotal(
            row.GetValue<int>("month"), row.GetValue<string>("datacenter"),
            new(null, row.GetValue<IDictionary<Guid, long>?>("folded") ?? new Dictionary<Guid, long>(),
                new(row.GetValue<long?>("people") ?? 0, row.GetValue<long?>("bots") ?? 0), new Dictionary<DateOnly, byte[]>())));
    }

    /// <summary>Every link that has months, by the token of its partition: a page at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LinkGeneration>> LinksAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Lower than every partition's. Of two links with one token, of 2^64, one that began a page would be passed over.
        var last = long.MinValue;
        while (true)
        {
            var rows = await session.ReadAsync(
                new("SELECT DISTINCT alias, generation, token(alias, generation) AS position FROM visit_totals " +
                    $"WHERE token(alias, generation) > ? LIMIT {LinksPerPage}",
                    last),
                cancellationToken);
            if (rows.Count == 0) yield break;
            yield return rows.ConvertAll(
                row => new LinkGeneration(row.GetValue<string>("alias"), row.GetValue<int>("generation")));
            last = rows[^1].GetValue<long>("position");
        }
    }

    /// <summary>Removes a month, and what is written for that same month later; other months of the link stay.</summary>
    public Task ForgetAsync(LinkMonth month, CancellationToken cancellationToken) => session.WriteAsync(
        new("DELETE FROM visit_totals WHERE alias = ? AND generation = ? AND month = ? AND datacenter = ?",
            month.Link.Alias, month.Link.Generation, month.Month, month.Datacenter),
        cancellationToken);
}
