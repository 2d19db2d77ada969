namespace Cassandra;

/// <summary>How many connections there are to each host and how many requests each takes at once.</summary>
public class PoolingOptions
{
    /// <summary>Requests in flight on a connection.</summary>
    public const int DefaultMaxRequestsPerConnection = 2048;

    /// <summary>Milliseconds of silence before a connection is checked.</summary>
    public const int DefaultHeartBeatInterval = 30000;

    /// <summary>Streams that a connection of protocol version 4 can tell apart.</summary>
    private const int MaxStreams = 32768;

    private readonly int[] _core = [1, 1, 0];
    private readonly int[] _max = [2, 1, 0];
    private readonly int[] _busy = [1500, 1500, 1500];
    private int _heartBeatInterval = DefaultHeartBeatInterval;
    private int _maxRequests = DefaultMaxRequestsPerConnection;
    private bool _warmup = true;

    /// <summary>Connections that are opened at first.</summary>
    public int GetCoreConnectionsPerHost(HostDistance distance) => _core[(int)distance];

    /// <summary>Sets the connections that are opened at first, at least 1 but for ignored hosts.</summary>
    public PoolingOptions SetCoreConnectionsPerHost(HostDistance distance, int coreConnections)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(coreConnections);
        _core[(int)distance] = coreConnections;
        _max[(int)distance] = Math.Max(_max[(int)distance], coreConnections);
        return this;
    }

    /// <summary>The most connections that there may be under load.</summary>
    public int GetMaxConnectionPerHost(HostDistance distance) => _max[(int)distance];

    /// <summary>Sets the most connections that there may be under load.</summary>
    public PoolingOptions SetMaxConnectionsPerHost(HostDistance distance, int maxConnections)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConnections, _core[(int)distance]);
        _max[(int)distance] = maxConnections;
        return this;
    }

    /// <summary>Requests in flight on every connection from which on another is opened.</summary>
    public int GetMaxSimultaneousRequestsPerConnectionTreshold(HostDistance distance) => _busy[(int)distance];

    /// <summary>Sets from how many requests in flight on every connection another is opened.</summary>
    public PoolingOptions SetMaxSimultaneousRequestsPerConnectionTreshold(HostDistance distance, int maxSimultaneousRequests)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSimultaneousRequests);
        _busy[(int)distance] = maxSimultaneousRequests;
        return this;
    }

    /// <summary>Milliseconds of silence before a connection is checked; 0 for never.</summary>
    public int? GetHeartBeatInterval() => _heartBeatInterval;

    /// <summary>Sets the milliseconds of silence before a connection is checked; 0 for never.</summary>
    public PoolingOptions SetHeartBeatInterval(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        _heartBeatInterval = value;
        return this;
    }

    /// <summary>Requests that may be in flight on a connection.</summary>
    public int GetMaxRequestsPerConnection() => _maxRequests;

    /// <summary>Sets the requests that may be in flight on a connection, 1 to 32,768.</summary>
    public PoolingOptions SetMaxRequestsPerConnection(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxStreams);
        _maxRequests = value;
        return this;
    }

    /// <summary>Whether connecting waits for the connections to the local hosts.</summary>
    public bool GetWarmup() => _warmup;

    /// <summary>Sets whether connecting waits for the connections to the local hosts; true by default.</summary>
    public PoolingOptions SetWarmup(bool doWarmup)
    {
        _warmup = doWarmup;
        return this;
    }
}
