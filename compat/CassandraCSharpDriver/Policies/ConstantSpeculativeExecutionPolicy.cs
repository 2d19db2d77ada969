namespace Cassandra;

/// <summary>A further host after each delay, up to a number of them.</summary>
public class ConstantSpeculativeExecutionPolicy : ISpeculativeExecutionPolicy
{
    /// <summary>With the delay in milliseconds and the number of further hosts.</summary>
    public ConstantSpeculativeExecutionPolicy(long delay, int maxSpeculativeExecutions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSpeculativeExecutions);
        (Delay, MaxSpeculativeExecutions) = (delay, maxSpeculativeExecutions);
    }

    /// <summary>The delay in milliseconds.</summary>
    public long Delay { get; }

    /// <summary>The number of further hosts.</summary>
    public int MaxSpeculativeExecutions { get; }

    /// <inheritdoc/>
    public void Initialize(ICluster cluster)
    {
    }

    /// <inheritdoc/>
    public ISpeculativeExecutionPlan NewPlan(string? keyspace, IStatement statement) => new Plan(Delay, MaxSpeculativeExecutions);

    /// <summary>Does nothing; there is nothing to release.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    private sealed class Plan(long delay, int left) : ISpeculativeExecutionPlan
    {
        private int _left = left;

        public long NextExecution(Host? lastQueried) => _left-- > 0 ? delay : 0;
    }
}
