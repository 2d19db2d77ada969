namespace Cassandra;

/// <summary>Never sends anything again that a server may have begun.</summary>
public class FallthroughRetryPolicy : IExtendedRetryPolicy
{
    /// <summary>The one such policy.</summary>
    public static readonly FallthroughRetryPolicy Instance = new();

    private FallthroughRetryPolicy()
    {
    }

    /// <inheritdoc/>
    public RetryDecision OnReadTimeout(
        IStatement query, ConsistencyLevel cl, int requiredResponses, int receivedResponses, bool dataRetrieved, int nbRetry) =>
        RetryDecision.Rethrow();

    /// <inheritdoc/>
    public RetryDecision OnWriteTimeout(
        IStatement query, ConsistencyLevel cl, string writeType, int requiredAcks, int receivedAcks, int nbRetry) =>
        RetryDecision.Rethrow();

    /// <inheritdoc/>
    public RetryDecision OnUnavailable(IStatement query, ConsistencyLevel cl, int requiredReplica, int aliveReplica, int nbRetry) =>
        RetryDecision.Rethrow();

    /// <inheritdoc/>
    public RetryDecision OnRequestError(IStatement statement, Configuration config, Exception ex, int nbRetry) => RetryDecision.Rethrow();
}
