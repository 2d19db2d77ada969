using System.Collections.Concurrent;
using Shortener.Core;
using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// Visits in Cassandra. A segment's counts are plain writes; the roll-up folds them into months. Who reads adds both up: first
/// what is pending, then what is folded and says which of that it has taken over.
/// </summary>
/// <param name="database">The keyspace.</param>
/// <param name="settings">How long visits are kept; a month by the hour from its end on.</param>
public sealed class CassandraVisitStore(CassandraDatabase database, VisitStoreSettings settings) : IVisitStore
{
    /// <summary>Links whose counts are written, visits that are written one by one, at once.</summary>
    private const int AtOnce = 64;

    /// <summary>Months end for all links at once; the work that this makes is spread over so many hours.</summary>
    private const int HoursOfSpread = 24;

    private readonly CassandraSession _session = database.Session;
    private readonly PendingVisits _pending = new(database.Session);
    private readonly VisitMonths _months = new(database.Session);
    private readonly VisitTotals _totals = new(database.Session);
    private readonly VisitWork _work = new(database.Session);
    private readonly RawVisits _raw = new(database.Session, settings.RawLifetime);

    /// <inheritdoc/>
    public Task AddRawAsync(
        Guid spool, long number, IReadOnlyList<SegmentVisit> visits, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            visits, Options(cancellationToken),
            (visit, token) => new ValueTask(_raw.AddAsync(spool, number, visit, token)));

    /// <inheritdoc/>
    public Task<RawVisitPage> ReadRawAsync(RawVisitQuery query, CancellationToken cancellationToken) =>
        ReadingAsync(() => RawVisitPages.ReadAsync(
            query, settings,
            (after, oldest, count) => _raw.ReadAsync(query.Link, after, oldest, count, cancellationToken)));

    /// <inheritdoc/>
    public Task AddAsync(
        Guid spool, long number, SegmentCounts counts, DateTimeOffset now, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            counts.InOrder().GroupBy(day => day.Link), Options(cancellationToken),
            async (days, token) =>
            {
                // A crash in between leaves work that is already done, or a month without counts.
                await _work.AddAsync(new(days.Key, Month: null), now, token);
                foreach (var month in days.Select(day => LinkMonth.NumberOf(day.Day)).Distinct())
                {
                    await _totals.AnnounceAsync(days.Key, month, token);
                    await _work.AddAsync(new(days.Key, month), HoursDue(days.Key, month, now), token);
                }

                foreach (var day in days) await _pending.AddAsync(spool, number, day, token);
            });

    /// <inheritdoc/>
    public Task MarkStoredAsync(Guid spool, long number, CancellationToken cancellationToken) => _session.WriteAsync(
        new("INSERT INTO visit_spools (spool, stored_through) VALUES (?, ?) USING TIMESTAMP ?", spool, number, number),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<long> StoredThroughAsync(Guid spool, CancellationToken cancellationToken)
    {
        var rows = await _session.ReadAsync(
            new("SELECT stored_through FROM visit_spools WHERE spool = ?", spool), cancellationToken);
        return rows is [var row] ? row.GetValue<long>("stored_through") : 0;
    }

    /// <inheritdoc/>
    public Task RollUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Read once: an earlier number only leaves more for the next time.
        var marks = new ConcurrentDictionary<Guid, Task<long>>();
        Task<long> StoredThrough(Guid spool) => marks.GetOrAdd(spool, _ => StoredThroughAsync(spool, cancellationToken));
        return _work.DoAsync(
            now,
            (task, token) => new ValueTask(ReadingAsync(async () =>
            {
                if (task.Month is not { } month) await FoldPendingAsync(task.Link, StoredThrough, token);
                else if (HoursDue(task.Link, month, now) is var due && due > now) await _work.AddAsync(task, due, token);
                else await _months.FoldHoursAsync(new(task.Link, month, _session.Datacenter), token);
                return true;
            })),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VisitCount>> ReadAsync(VisitQuery query, CancellationToken cancellationToken) => ReadingAsync(
        async () => query.Sum((await DaysAsync(query.Link, query.FirstDay, query.LastDay, cancellationToken))
            .Select(day => (day.Day, DayCounts.Parse(day.Counts, query.Dimension)))));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VisitTotal>> TotalsAsync(
        IReadOnlyList<LinkGeneration> links, CancellationToken cancellationToken) =>
        await Task.WhenAll(links.Select(async link =>
        {
            var pending = await _pending.ReadAllAsync(link, withCounts: false, cancellationToken);
            var months = (await _totals.ReadAsync(link, 0, int.MaxValue, cancellationToken))
                .ToDictionary(month => (month.Month, month.Datacenter), month => month.Sums);
            return pending.Where(day => !months.TryGetValue((day.Month, day.Datacenter), out var sums) || sums.Lacks(day))
                .Select(day => day.Total).Concat(months.Values.Select(sums => sums.Total))
                .Aggregate(default(VisitTotal), (sum, total) => sum.Plus(total));
        }));

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<LinkGeneration>> LinksAsync(CancellationToken cancellationToken) =>
        _totals.LinksAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DayVisitors>> VisitorsAsync(
        LinkGeneration link, DateOnly first, DateOnly last, CancellationToken cancellationToken) => ReadingAsync(async () =>
    {
        var days = new SortedDictionary<DateOnly, VisitorSketch>();
        foreach (var (day, counts) in await DaysAsync(link, first, last, cancellationToken))
        {
            var visitors = DayCounts.ParseVisitors(counts);
            if (!days.TryAdd(day, visitors)) days[day].Add(visitors);
        }

        return (IReadOnlyList<DayVisitors>)[.. days.Select(day => new DayVisitors(day.Key, day.Value))];
    });

    /// <inheritdoc/>
    public async Task ForgetAsync(LinkGeneration link, CancellationToken cancellationToken)
    {
        await _raw.ForgetAsync(link, cancellationToken);
        // Row by row, and not the link as a whole: it may be extended and followed again.
        var pending = await _pending.ReadAllAsync(link, withCounts: false, cancellationToken);
        foreach (var days in pending.GroupBy(day => (day.Datacenter, day.Spool)))
            await _pending.RemoveAsync(link, days.Key.Datacenter, days.Key.Spool, days.Max(day => day.Number), cancellationToken);
        foreach (var total in await _totals.ReadAsync(link, 0, int.MaxValue, cancellationToken))
        {
            var month = new LinkMonth(link, total.Month, total.Datacenter);
            await _months.ForgetAsync(month, cancellationToken);
            // Last: it leads a repetition to what is left.
            await _totals.ForgetAsync(month, cancellationToken);
        }
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    /// <summary>Counts that cannot be read are damage to the store.</summary>
    private static async Task<T> ReadingAsync<T>(Func<Task<T>> readAsync)
    {
        try
        {
            return await readAsync();
        }
        catch (InvalidDataException failure)
        {
            throw new StoreException(
                StoreFailure.Corrupt, $"Cassandra has visits that cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>When the hours of a month become days; at once for visits that come later than that.</summary>
    private DateTimeOffset HoursDue(LinkGeneration link, int month, DateTimeOffset now)
    {
        var due = LinkMonth.EndOf(month) + settings.HoursKept + TimeSpan.FromHours(link.Alias.Sum(letter => letter) % HoursOfSpread);
        return due > now ? due : now;
    }

    /// <summary>Folds what is pending in this data centre and can never be added again.</summary>
    private async Task FoldPendingAsync(
        LinkGeneration link, Func<Guid, Task<long>> storedThrough, CancellationToken cancellationToken)
    {
        var (last, isLast) = (default(PendingDay), false);
        while (!isLast)
        {
            (var days, isLast) = await _pending.ReadSegmentsAsync(link, last, cancellationToken);
            last = days.LastOrDefault() ?? last;
            foreach (var spool in days.Select(day => day.Spool).Distinct().ToList())
            {
                var through = await storedThrough(spool);
                days.RemoveAll(day => day.Spool == spool && day.Number > through);
            }

            foreach (var month in days.GroupBy(day => day.Month))
            {
                var key = new LinkMonth(link, month.Key, _session.Datacenter);
                // Before the pending rows go: who reads these first, and then the copy, misses nothing.
                await _totals.CopyAsync(key, await _months.FoldAsync(key, [.. month], cancellationToken), cancellationToken);
            }

            foreach (var spool in days.GroupBy(day => day.Spool))
                await _pending.RemoveAsync(link, _session.Datacenter, spool.Key, spool.Max(day => day.Number), cancellationToken);
        }
    }

    /// <summary>The counts of days, folded or pending; several for one day add up.</summary>
    private async Task<List<(DateOnly Day, byte[] Counts)>> DaysAsync(
        LinkGeneration link, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var pending = await _pending.ReadAllAsync(link, withCounts: true, cancellationToken);
        var announced = await _totals.ReadAsync(link, LinkMonth.NumberOf(first), LinkMonth.NumberOf(last), cancellationToken);
        var stored = await Task.WhenAll(
            announced.Select(month => _months.ReadAsync(new(link, month.Month, month.Datacenter), cancellationToken)));
        var months = announced.Zip(stored).ToDictionary(pair => (pair.First.Month, pair.First.Datacenter), pair => pair.Second);
        return
        [
            .. months.Values.SelectMany(month => month.Days).Select(day => (day.Key, day.Value))
                .Concat(pending.Where(day => !months.TryGetValue((day.Month, day.Datacenter), out var month) || month.Lacks(day))
                    .Select(day => (day.Day, day.Counts!)))
                .Where(day => day.Item1 >= first && day.Item1 <= last),
        ];
    }
}
