using System.Collections.Concurrent;

namespace Shortener.Core.RateLimits;

/// <summary>
/// Counts this process's requests by partition in windows that are aligned to the clock: never more than the limit in one window. All
/// counts of a window are dropped with it, so memory holds no more partitions than one window met.
/// </summary>
/// <remarks>
/// The limiters of System.Threading.RateLimiting neither take a clock nor tell when the limit starts anew, which the
/// RateLimit header must say; docs/decisions/0005.
/// </remarks>
public sealed class WindowCounter(int limit, TimeSpan window, TimeProvider time) : IRequestLimit
{
    /// <summary>More partitions than that in a window share one count: memory is bounded whatever is sent.</summary>
    private const int MaxPartitions = 200_000;

    private readonly Lock _turnover = new();
    private volatile Counts _counts = new(long.MinValue);

    /// <summary>Counts a request of <paramref name="partition"/> if it is within the limit.</summary>
    public LimitState Acquire(string partition)
    {
        var counts = Current(out var reset);
        var count = counts.CellOf(partition);
        var before = Volatile.Read(ref count.Value);
        while (before < limit)
        {
            var seen = Interlocked.CompareExchange(ref count.Value, before + 1, before);
            if (seen == before) return new LimitState(true, limit, limit - before - 1, reset);
            before = seen;
        }

        return new LimitState(false, limit, 0, reset);
    }

    /// <inheritdoc/>
    public ValueTask<LimitState> AcquireAsync(string partition) => ValueTask.FromResult(Acquire(partition));

    /// <summary>How the limit of <paramref name="partition"/> stands; counts nothing.</summary>
    public LimitState Peek(string partition)
    {
        var remaining = limit - Math.Min(limit, Current(out var reset).PeekAt(partition));
        return new LimitState(remaining > 0, limit, remaining, reset);
    }

    private Counts Current(out TimeSpan reset)
    {
        var now = time.GetUtcNow().UtcTicks;
        var number = now / window.Ticks;
        reset = TimeSpan.FromTicks((number + 1) * window.Ticks - now);
        var counts = _counts;
        if (counts.Window == number) return counts;
        lock (_turnover)
        {
            // A clock set back goes on counting in the window that it had reached.
            if (_counts.Window < number) _counts = new Counts(number);
            return _counts;
        }
    }

    private sealed class Cell
    {
        public int Value;
    }

    private sealed class Counts(long window)
    {
        private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);
        private readonly Cell _rest = new();
        private int _partitions;

        public long Window => window;

        public Cell CellOf(string partition)
        {
            if (_cells.TryGetValue(partition, out var cell)) return cell;
            return Interlocked.Increment(ref _partitions) > MaxPartitions ? _rest : _cells.GetOrAdd(partition, _ => new Cell());
        }

        public int PeekAt(string partition) =>
            _cells.TryGetValue(partition, out var cell) ? Volatile.Read(ref cell.Value)
            : Volatile.Read(ref _partitions) > MaxPartitions ? Volatile.Read(ref _rest.Value) : 0;
    }
}
