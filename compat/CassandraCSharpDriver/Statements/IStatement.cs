namespace Cassandra;

/// <summary>What can be executed: a text with values, a prepared statement with values, or a batch of both.</summary>
public interface IStatement
{
    /// <summary>Whether the caller expects all pages from one enumeration; see <see cref="RowSet.GetRows"/>.</summary>
    bool AutoPage { get; }

    /// <summary>The consistency level; null for the cluster's default.</summary>
    ConsistencyLevel? ConsistencyLevel { get; }

    /// <summary>Rows a page; 0 for the cluster's default, negative for a single page of everything.</summary>
    int PageSize { get; }

    /// <summary>Where the page to read begins; null for the first.</summary>
    byte[]? PagingState { get; }

    /// <summary>The values of its variables, in order.</summary>
    object?[] QueryValues { get; }

    /// <summary>The time of its writes; null for the server's.</summary>
    DateTimeOffset? Timestamp { get; }

    /// <summary>How long to wait for each host, in milliseconds; 0 for the cluster's default.</summary>
    int ReadTimeoutMillis { get; }

    /// <summary>Its own retry policy; null for the cluster's.</summary>
    IRetryPolicy? RetryPolicy { get; }

    /// <summary>Its partition key, which finds its replicas; null if unknown.</summary>
    RoutingKey? RoutingKey { get; }

    /// <summary>The level of conditions; <see cref="Cassandra.ConsistencyLevel.Any"/> stands for the cluster's default.</summary>
    ConsistencyLevel SerialConsistencyLevel { get; }

    /// <summary>Whether doing it twice is as good as once, so that it may be sent again; null for the cluster's default.</summary>
    bool? IsIdempotent { get; }

    /// <summary>The keyspace that it is about, for routing; null for the session's.</summary>
    string? Keyspace { get; }

    /// <summary>Sets <see cref="AutoPage"/>.</summary>
    IStatement SetAutoPage(bool autoPage);

    /// <summary>Sets <see cref="ConsistencyLevel"/>.</summary>
    IStatement SetConsistencyLevel(ConsistencyLevel? consistency);

    /// <summary>Sets <see cref="PageSize"/>.</summary>
    IStatement SetPageSize(int pageSize);

    /// <summary>Sets <see cref="PagingState"/> and with it <see cref="AutoPage"/> to false.</summary>
    IStatement SetPagingState(byte[]? pagingState);

    /// <summary>Sets <see cref="ReadTimeoutMillis"/>.</summary>
    IStatement SetReadTimeoutMillis(int timeout);

    /// <summary>Sets <see cref="RetryPolicy"/>.</summary>
    IStatement SetRetryPolicy(IRetryPolicy policy);

    /// <summary>Sets <see cref="SerialConsistencyLevel"/>: Serial or LocalSerial.</summary>
    IStatement SetSerialConsistencyLevel(ConsistencyLevel serialConsistency);

    /// <summary>Sets <see cref="Timestamp"/>.</summary>
    IStatement SetTimestamp(DateTimeOffset value);

    /// <summary>Sets <see cref="IsIdempotent"/>.</summary>
    IStatement SetIdempotence(bool value);
}
