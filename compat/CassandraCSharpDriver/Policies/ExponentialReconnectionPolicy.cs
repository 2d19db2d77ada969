namespace Cassandra;

/// <summary>Waits that double each time, up to a longest.</summary>
public class ExponentialReconnectionPolicy : IReconnectionPolicy
{
    /// <summary>With the first and the longest wait in milliseconds.</summary>
    public ExponentialReconnectionPolicy(long baseDelayMs, long maxDelayMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baseDelayMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDelayMs, baseDelayMs);
        (BaseDelayMs, MaxDelayMs) = (baseDelayMs, maxDelayMs);
    }

    /// <summary>The first wait in milliseconds.</summary>
    public long BaseDelayMs { get; }

    /// <summary>The longest wait in milliseconds.</summary>
    public long MaxDelayMs { get; }

    /// <inheritdoc/>
    public IReconnectionSchedule NewSchedule() => new Schedule(BaseDelayMs, MaxDelayMs);

    private sealed class Schedule(long next, long max) : IReconnectionSchedule
    {
        private long _next = next;

        public long NextDelayMs()
        {
            var delay = _next;
            _next = delay > max / 2 ? max : 2 * delay;
            return delay;
        }
    }
}
