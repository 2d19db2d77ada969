namespace Cassandra;

/// <summary>Decides when an idempotent statement is sent to a further host though the first may still answer.</summary>
public interface ISpeculativeExecutionPolicy : IDisposable
{
    /// <summary>Called once, when the cluster's hosts are known.</summary>
    void Initialize(ICluster cluster);

    /// <summary>The plan for one request.</summary>
    ISpeculativeExecutionPlan NewPlan(string? keyspace, IStatement statement);
}
