using Cassandra.Protocol;

namespace Cassandra;

/// <summary>What all statements share.</summary>
public abstract class Statement : IStatement
{
    /// <inheritdoc/>
    public bool AutoPage { get; private set; } = true;

    /// <inheritdoc/>
    public ConsistencyLevel? ConsistencyLevel { get; private set; }

    /// <inheritdoc/>
    public int PageSize { get; private set; }

    /// <inheritdoc/>
    public byte[]? PagingState { get; private set; }

    /// <inheritdoc/>
    public virtual object?[] QueryValues { get; private protected set; } = [];

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp { get; private set; }

    /// <inheritdoc/>
    public int ReadTimeoutMillis { get; private set; }

    /// <inheritdoc/>
    public IRetryPolicy? RetryPolicy { get; private set; }

    /// <inheritdoc/>
    public abstract RoutingKey? RoutingKey { get; }

    /// <inheritdoc/>
    public ConsistencyLevel SerialConsistencyLevel { get; private set; }

    /// <inheritdoc/>
    public bool? IsIdempotent { get; private set; }

    /// <inheritdoc/>
    public abstract string? Keyspace { get; }

    /// <inheritdoc/>
    public IStatement SetAutoPage(bool autoPage)
    {
        AutoPage = autoPage;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetConsistencyLevel(ConsistencyLevel? consistency)
    {
        ConsistencyLevel = consistency;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetPageSize(int pageSize)
    {
        PageSize = pageSize;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetPagingState(byte[]? pagingState)
    {
        PagingState = pagingState;
        if (pagingState is not null) AutoPage = false;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetReadTimeoutMillis(int timeout)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeout);
        ReadTimeoutMillis = timeout;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetRetryPolicy(IRetryPolicy policy)
    {
        RetryPolicy = policy;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetSerialConsistencyLevel(ConsistencyLevel serialConsistency)
    {
        SerialConsistencyLevel = QueryOptions.CheckSerial(serialConsistency);
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetTimestamp(DateTimeOffset value)
    {
        Timestamp = value;
        return this;
    }

    /// <inheritdoc/>
    public IStatement SetIdempotence(bool value)
    {
        IsIdempotent = value;
        return this;
    }

    /// <summary>Writes it as a part of a batch: kind, text or id, values.</summary>
    internal abstract void WriteInBatch(BodyWriter body);

    /// <summary>The request that executes it.</summary>
    internal abstract EncodedRequest Encode(ExecutionParameters parameters);
}
