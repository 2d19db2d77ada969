namespace Cassandra;

/// <summary>What statements take where they say nothing themselves.</summary>
public class QueryOptions
{
    /// <summary>The level of statements.</summary>
    public const ConsistencyLevel DefaultConsistencyLevel = ConsistencyLevel.LocalOne;

    /// <summary>The level of conditions.</summary>
    public const ConsistencyLevel DefaultSerialConsistencyLevel = ConsistencyLevel.Serial;

    /// <summary>Rows a page.</summary>
    public const int DefaultPageSize = 5000;

    private ConsistencyLevel _consistency = DefaultConsistencyLevel;
    private ConsistencyLevel _serialConsistency = DefaultSerialConsistencyLevel;
    private int _pageSize = DefaultPageSize;
    private bool _idempotence;
    private bool _prepareOnAllHosts = true;
    private bool _reprepareOnUp = true;

    /// <summary>Whether an idempotent request that timed out here is sent to the next host.</summary>
    public bool RetryOnTimeout { get; private set; } = true;

    /// <summary>Sets the consistency level.</summary>
    public QueryOptions SetConsistencyLevel(ConsistencyLevel consistencyLevel)
    {
        _consistency = consistencyLevel;
        return this;
    }

    /// <summary>The consistency level.</summary>
    public ConsistencyLevel GetConsistencyLevel() => _consistency;

    /// <summary>Sets the level of conditions: Serial or LocalSerial.</summary>
    public QueryOptions SetSerialConsistencyLevel(ConsistencyLevel serialConsistencyLevel)
    {
        _serialConsistency = CheckSerial(serialConsistencyLevel);
        return this;
    }

    /// <summary>The level of conditions.</summary>
    public ConsistencyLevel GetSerialConsistencyLevel() => _serialConsistency;

    /// <summary>Sets the rows a page; negative for no pages.</summary>
    public QueryOptions SetPageSize(int pageSize)
    {
        if (pageSize == 0) throw new ArgumentException("A page of 0 rows", nameof(pageSize));
        _pageSize = pageSize;
        return this;
    }

    /// <summary>The rows a page.</summary>
    public int GetPageSize() => _pageSize;

    /// <summary>Sets <see cref="RetryOnTimeout"/>.</summary>
    public QueryOptions SetRetryOnTimeout(bool retry)
    {
        RetryOnTimeout = retry;
        return this;
    }

    /// <summary>Sets whether statements that say nothing may be sent twice.</summary>
    public QueryOptions SetDefaultIdempotence(bool idempotence)
    {
        _idempotence = idempotence;
        return this;
    }

    /// <summary>Whether statements that say nothing may be sent twice; false by default.</summary>
    public bool GetDefaultIdempotence() => _idempotence;

    /// <summary>Sets whether a statement is prepared on every host at once, not when first needed there.</summary>
    public QueryOptions SetPrepareOnAllHosts(bool prepareOnAllHosts)
    {
        _prepareOnAllHosts = prepareOnAllHosts;
        return this;
    }

    /// <summary>Whether a statement is prepared on every host at once; true by default.</summary>
    public bool IsPrepareOnAllHosts() => _prepareOnAllHosts;

    /// <summary>Sets whether a host that comes up has the session's statements prepared before it is used.</summary>
    public QueryOptions SetReprepareOnUp(bool reprepareOnUp)
    {
        _reprepareOnUp = reprepareOnUp;
        return this;
    }

    /// <summary>Whether a host that comes up has the session's statements prepared first; true by default.</summary>
    public bool IsReprepareOnUp() => _reprepareOnUp;

    internal static ConsistencyLevel CheckSerial(ConsistencyLevel level) =>
        level is ConsistencyLevel.Serial or ConsistencyLevel.LocalSerial
            ? level
            : throw new ArgumentException($"{level} is no serial consistency level: Serial and LocalSerial are", nameof(level));
}
