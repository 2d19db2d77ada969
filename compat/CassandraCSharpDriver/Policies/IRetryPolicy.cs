namespace Cassandra;

/// <summary>
/// Decides what follows an error of the servers. It is asked only about idempotent statements: others are never sent again once
/// a server may have begun them.
/// </summary>
public interface IRetryPolicy
{
    /// <summary>A read timed out at the coordinator. <paramref name="nbRetry"/> is how often it was retried already.</summary>
    RetryDecision OnReadTimeout(
        IStatement query, ConsistencyLevel cl, int requiredResponses, int receivedResponses, bool dataRetrieved, int nbRetry);

    /// <summary>A write timed out at the coordinator.</summary>
    RetryDecision OnWriteTimeout(
        IStatement query, ConsistencyLevel cl, string writeType, int requiredAcks, int receivedAcks, int nbRetry);

    /// <summary>Too few replicas are alive.</summary>
    RetryDecision OnUnavailable(IStatement query, ConsistencyLevel cl, int requiredReplica, int aliveReplica, int nbRetry);
}
