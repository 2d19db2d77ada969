namespace Cassandra;

/// <summary>What a retry policy decided.</summary>
public class RetryDecision
{
    private RetryDecision(RetryDecisionType type, ConsistencyLevel? consistency, bool useCurrentHost) =>
        (DecisionType, RetryConsistencyLevel, UseCurrentHost) = (type, consistency, useCurrentHost);

    /// <summary>The kinds of decisions.</summary>
    public enum RetryDecisionType
    {
        /// <summary>Send it again.</summary>
        Retry,

        /// <summary>Give the error to the caller.</summary>
        Rethrow,

        /// <summary>Give an empty result to the caller.</summary>
        Ignore,
    }

    /// <summary>The kind.</summary>
    public RetryDecisionType DecisionType { get; }

    /// <summary>The level to send it again with; null for the same.</summary>
    public ConsistencyLevel? RetryConsistencyLevel { get; }

    /// <summary>Whether the same host is asked again, not the next.</summary>
    public bool UseCurrentHost { get; }

    /// <summary>Give the error to the caller.</summary>
    public static RetryDecision Rethrow() => new(RetryDecisionType.Rethrow, null, false);

    /// <summary>Give an empty result to the caller.</summary>
    public static RetryDecision Ignore() => new(RetryDecisionType.Ignore, null, false);

    /// <summary>Send it again to the same host, with that level.</summary>
    public static RetryDecision Retry(ConsistencyLevel? consistency) => Retry(consistency, true);

    /// <summary>Send it again with that level.</summary>
    public static RetryDecision Retry(ConsistencyLevel? consistency, bool useCurrentHost) =>
        new(RetryDecisionType.Retry, consistency, useCurrentHost);
}
