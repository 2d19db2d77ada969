namespace Cassandra;

/// <summary>Replicas did not answer the coordinator in time. A write may or may not be done.</summary>
public abstract class QueryTimeoutException : QueryExecutionException
{
    /// <summary>With the counts that the coordinator sent.</summary>
    protected QueryTimeoutException(string message, ConsistencyLevel consistencyLevel, int received, int required)
        : base(message) =>
        (ConsistencyLevel, ReceivedAcknowledgements, RequiredAcknowledgements) = (consistencyLevel, received, required);

    /// <summary>The level that was asked for.</summary>
    public ConsistencyLevel ConsistencyLevel { get; }

    /// <summary>How many replicas answered.</summary>
    public int ReceivedAcknowledgements { get; }

    /// <summary>How many had to.</summary>
    public int RequiredAcknowledgements { get; }
}
