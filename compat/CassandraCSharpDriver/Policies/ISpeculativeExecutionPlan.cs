namespace Cassandra;

/// <summary>When one request is sent to further hosts.</summary>
public interface ISpeculativeExecutionPlan
{
    /// <summary>Milliseconds until the next host is asked too; 0 or less for not any more.</summary>
    long NextExecution(Host? lastQueried);
}
