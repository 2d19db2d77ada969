using Cassandra;
using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>A month of a link in one data centre: a partition of visit_months.</summary>
internal readonly record struct LinkMonth(LinkGeneration Link, int Month, string Datacenter)
{
    public static int NumberOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    /// <summary>The first moment after a month.</summary>
    public static DateTimeOffset EndOf(int month) =>
        new DateTimeOffset(month / 12, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
}

/// <summary>What a month holds.</summary>
/// <param name="Revision">What the next write is conditional on; null: nothing was ever written.</param>
/// <param name="Folded">The last segment of each spool that is in it.</param>
/// <param name="Total">All its visits.</param>
/// <param name="Days">The counts of its days, as stored.</param>
internal sealed record StoredMonth(
    long? Revision, IDictionary<Guid, long> Folded, VisitTotal Total, IReadOnlyDictionary<DateOnly, byte[]> Days)
{
    /// <summary>Whether what a segment has counted is not in it.</summary>
    public bool Lacks(PendingDay pending) => pending.Number > (Folded.TryGetValue(pending.Spool, out var through) ? through : 0);
}

/// <summary>The table visit_months. Each write of a partition is conditional on the revision read.</summary>
internal sealed class VisitMonths(CassandraSession session)
{
    private const string Partition = "alias = ? AND generation = ? AND month = ? AND datacenter = ?";

    /// <summary>The most days in one write: they may be large where somebody floods a link.</summary>
    private const int DaysPerWrite = 8;

    /// <summary>What was acknowledged.</summary>
    public Task<StoredMonth> ReadAsync(LinkMonth month, CancellationToken cancellationToken) =>
        ReadAsync(session.ReadAsync, month, cancellationToken);

    /// <summary>Takes over pending counts of the month, those that it lacks, in one step; returns what it then holds.</summary>
    public Task<StoredMonth> FoldAsync(LinkMonth month, IReadOnlyList<PendingDay> pending, CancellationToken cancellationToken) =>
        ChangeAsync(month, stored => Folding(stored, pending.Where(stored.Lacks).ToList()), cancellationToken);

    /// <summary>Adds the hours of the month's days up.</summary>
    public async Task FoldHoursAsync(LinkMonth month, CancellationToken cancellationToken)
    {
        var count = DaysPerWrite;
        while (count == DaysPerWrite)
        {
            await ChangeAsync(
                month,
                stored =>
                {
                    var days = stored.Days.Select(day => (Day: day.Key, Counts: DayCounts.Parse(day.Value)))
                        .Where(day => day.Counts.HasHours).Take(DaysPerWrite)
                        .ToDictionary(day => day.Day, day => day.Counts.WithoutHours().ToBytes());
                    count = days.Count;
                    return count == 0 ? null : stored with { Days = days };
                },
                cancellationToken);
        }
    }

    /// <summary>Removes all of a month.</summary>
    public Task ForgetAsync(LinkMonth month, CancellationToken cancellationToken) => session.DecideAsync(
        async _ =>
        {
            while (true)
            {
                var stored = await ReadAsync(session.ReadDecidedAsync, month, cancellationToken);
                if (stored.Revision is null) return true;
                var forget = new CqlStatement(
                    $"UPDATE visit_months SET revision = null, people = null, bots = null, folded = null WHERE {Partition} " +
                    "IF revision = ?",
                    [.. Key(month), stored.Revision]);
                var days = new CqlStatement($"DELETE FROM visit_months WHERE {Partition} AND day >= 0", Key(month));
                if ((await session.TryAsync(cancellationToken, forget, days)).IsApplied) return true;
            }
        },
        cancellationToken);

    /// <returns>What is to be written; its days are those that change. Null: nothing.</returns>
    private static StoredMonth? Folding(StoredMonth stored, List<PendingDay> lacking)
    {
        if (lacking.Count == 0) return null;
        var folded = new Dictionary<Guid, long>(stored.Folded);
        var total = stored.Total;
        var days = new Dictionary<DateOnly, DayCounts>();
        foreach (var pending in lacking)
        {
            folded[pending.Spool] = Math.Max(folded.GetValueOrDefault(pending.Spool), pending.Number);
            total = total.Plus(pending.Total);
            if (!days.TryGetValue(pending.Day, out var day))
            {
                day = stored.Days.TryGetValue(pending.Day, out var bytes) ? DayCounts.Parse(bytes) : new DayCounts();
                days[pending.Day] = day;
            }

            day.Add(DayCounts.Parse(pending.Counts!));
        }

        return stored with
        {
            Folded = folded, Total = total, Days = days.ToDictionary(day => day.Key, day => day.Value.ToBytes()),
        };
    }

    /// <summary>Reads a month, and writes what follows from it in one step; returns what is then stored.</summary>
    /// <param name="month">The month.</param>
    /// <param name="decide">What to write, with the days that change; null: nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    private Task<StoredMonth> ChangeAsync(
        LinkMonth month, Func<StoredMonth, StoredMonth?> decide, CancellationToken cancellationToken) =>
        session.DecideAsync(
            async _ =>
            {
                while (true)
                {
                    var stored = await ReadAsync(session.ReadDecidedAsync, month, cancellationToken);
                    if (decide(stored) is not { } changed) return stored;
                    changed = changed with { Revision = (stored.Revision ?? 0) + 1 };
                    var move = new CqlStatement(
                        $"UPDATE visit_months SET revision = ?, people = ?, bots = ?, folded = ? WHERE {Partition} IF revision = ?",
                        [
                            changed.Revision, changed.Total.People, changed.Total.Bots, changed.Folded, .. Key(month), stored.Revision,
                        ]);
                    var days = changed.Days.Select(day => new CqlStatement(
                        "INSERT INTO visit_months (alias, generation, month, datacenter, day, counts) VALUES (?, ?, ?, ?, ?, ?)",
                        [.. Key(month), day.Key.DayNumber, day.Value]));
                    if ((await session.TryAsync(cancellationToken, [move, .. days])).IsApplied) return changed;
                }
            },
            cancellationToken);

    private static object?[] Key(LinkMonth month) => [month.Link.Alias, month.Link.Generation, month.Month, month.Datacenter];

    private static async Task<StoredMonth> ReadAsync(
        Func<CqlStatement, CancellationToken, Task<List<Row>>> readAsync, LinkMonth month, CancellationToken cancellationToken)
    {
        // All in one read, so that the days are those of the revision.
        var rows = await readAsync(
            new($"SELECT revision, people, bots, folded, day, counts FROM visit_months WHERE {Partition}", Key(month)),
            cancellationToken);
        if (rows is not [var first, ..])
            return new(null, new Dictionary<Guid, long>(), default, new Dictionary<DateOnly, byte[]>());
        return new(
            first.GetValue<long?>("revision"),
            first.GetValue<IDictionary<Guid, long>?>("folded") ?? new Dictionary<Guid, long>(),
            new(first.GetValue<long?>("people") ?? 0, first.GetValue<long?>("bots") ?? 0),
            rows.Where(row => !row.IsNull("day"))
                .ToDictionary(row => DateOnly.FromDayNumber(row.GetValue<int>("day")), row => row.GetValue<byte[]>("counts")));
    }
}
