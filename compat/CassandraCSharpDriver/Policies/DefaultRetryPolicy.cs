namespace Cassandra;

/// <summary>
/// Once more where that is likely to help: a read whose data alone is missing, a batch whose log alone is, another coordinator
/// where too few replicas seem alive; and the next host as long as there is one where a host gave no answer.
/// </summary>
public class DefaultRetryPolicy : IExtendedRetryPolicy
{
    /// <inheritdoc/>
    public RetryDecision OnReadTimeout(
        IStatement query, ConsistencyLevel cl, int requiredResponses, int receivedResponses, bool dataRetrieved, int nbRetry) =>
        nbRetry == 0 && receivedResponses >= requiredResponses && !dataRetrieved ? RetryDecision.Retry(cl, true) : RetryDecision.Rethrow();

    /// <inheritdoc/>
    public RetryDecision OnWriteTimeout(
        IStatement query, ConsistencyLevel cl, string writeType, int requiredAcks, int receivedAcks, int nbRetry) =>
        nbRetry == 0 && writeType == "BATCH_LOG" ? RetryDecision.Retry(cl, true) : RetryDecision.Rethrow();

    /// <inheritdoc/>
    public RetryDecision OnUnavailable(IStatement query, ConsistencyLevel cl, int requiredReplica, int aliveReplica, int nbRetry) =>
        nbRetry == 0 ? RetryDecision.Retry(null, false) : RetryDecision.Rethrow();

    /// <inheritdoc/>
    public RetryDecision OnRequestError(IStatement statement, Configuration config, Exception ex, int nbRetry) =>
        ex is OperationTimedOutException && !config.QueryOptions.RetryOnTimeout ? RetryDecision.Rethrow() : RetryDecision.Retry(null, false);
}
