namespace Cassandra;

/// <summary>The same wait each time.</summary>
public class ConstantReconnectionPolicy : IReconnectionPolicy
{
    /// <summary>With the wait in milliseconds.</summary>
    public ConstantReconnectionPolicy(long constantDelayMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(constantDelayMs);
        ConstantDelayMs = constantDelayMs;
    }

    /// <summary>The wait in milliseconds.</summary>
    public long ConstantDelayMs { get; }

    /// <inheritdoc/>
    public IReconnectionSchedule NewSchedule() => new Schedule(ConstantDelayMs);

    private sealed class Schedule(long delay) : IReconnectionSchedule
    {
        public long NextDelayMs() => delay;
    }
}
