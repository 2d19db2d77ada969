namespace Cassandra;

/// <summary>One host at a time.</summary>
public class NoSpeculativeExecutionPolicy : ISpeculativeExecutionPolicy
{
    /// <summary>The one such policy.</summary>
    public static readonly NoSpeculativeExecutionPolicy Instance = new();

    private static readonly Plan NoPlan = new();

    private NoSpeculativeExecutionPolicy()
    {
    }

    /// <inheritdoc/>
    public void Initialize(ICluster cluster)
    {
    }

    /// <inheritdoc/>
    public ISpeculativeExecutionPlan NewPlan(string? keyspace, IStatement statement) => NoPlan;

    /// <summary>Does nothing; there is nothing to release.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    private sealed class Plan : ISpeculativeExecutionPlan
    {
        public long NextExecution(Host? lastQueried) => 0;
    }
}
