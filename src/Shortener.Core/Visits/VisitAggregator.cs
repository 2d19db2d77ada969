namespace Shortener.Core.Visits;

/// <summary>
/// Brings closed segments into the store, one after the other, each exactly once: counts, adds, marks as stored, deletes. Cut off
/// anywhere, it goes on there after the next start. While the store is down segments wait.
/// </summary>
public sealed class VisitAggregator(VisitSpool spool, VisitCounter counter, IVisitStore store, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Up to which segment those spools are stored whose processes have ended.</summary>
    private readonly Dictionary<Guid, long> _storedThrough = [];

    private long _stored;
    private long _recovered;
    private long _damaged;

    /// <summary>Visits of this process that are in the store.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Visits of dead processes that this one has brought into the store.</summary>
    public long Recovered => Interlocked.Read(ref _recovered);

    /// <summary>Stretches of segments, each a visit or more, that cannot be read: processes died while they wrote them.</summary>
    public long Damaged => Interlocked.Read(ref _damaged);

    /// <summary>Visits of this process that are not in the store yet.</summary>
    public long Pending => Math.Max(0, spool.Captured - Stored);

    /// <summary>Told what went wrong with a segment, which is then tried again, or set aside where it can never be read.</summary>
    public event Action<ClosedSegment, Exception>? Failed;

    /// <summary>Stores segments until the spool has stopped and all are stored.</summary>
    /// <param name="giveUp">From then on a failure of the store ends it: what is left is for the next process.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        await foreach (var segment in spool.Closed.ReadAllAsync(CancellationToken.None))
        {
            if (!await TryStoreAsync(segment, giveUp)) return;
        }
    }

    /// <summary>Tries at growing intervals; false: given up.</summary>
    private async Task<bool> TryStoreAsync(ClosedSegment segment, CancellationToken giveUp)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await StoreAsync(segment);
                return true;
            }
            catch (InvalidDataException failure)
            {
                spool.SetAside(segment);
                Failed?.Invoke(segment, failure);
                return true;
            }
            catch (Exception failure) when (failure is StoreException or IOException)
            {
                Failed?.Invoke(segment, failure);
            }

            await Task.Delay(pause, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (giveUp.IsCancellationRequested) return false;
        }
    }

    private async Task StoreAsync(ClosedSegment segment)
    {
        var isOwn = segment.Spool == spool.Id;
        if (isOwn || segment.Number > await StoredThroughAsync(segment.Spool))
        {
            using var reader = SpoolReader.Open(segment.Path);
            var counted = counter.Count(reader);
            // Before the counts: once those are there, nobody reads the segment again.
            if (counted.LastVisits.Count > 0)
                await store.AddRawAsync(segment.Spool, segment.Number, counted.LastVisits, CancellationToken.None);
            await store.AddAsync(segment.Spool, segment.Number, counted.Counts, time.GetUtcNow(), CancellationToken.None);
            await store.MarkStoredAsync(segment.Spool, segment.Number, CancellationToken.None);
            Interlocked.Add(ref isOwn ? ref _stored : ref _recovered, reader.Records);
            Interlocked.Add(ref _damaged, reader.Gaps);
        }

        spool.Delete(segment);
    }

    private async ValueTask<long> StoredThroughAsync(Guid dead)
    {
        if (!_storedThrough.TryGetValue(dead, out var number))
            _storedThrough[dead] = number = await store.StoredThroughAsync(dead, CancellationToken.None);
        return number;
    }
}
