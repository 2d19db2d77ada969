namespace Cassandra;

/// <summary>All settings of a cluster.</summary>
public class Configuration
{
    internal const int DefaultMaxFrameLength = 256 * 1024 * 1024;

    internal Configuration(
        Policies policies, ProtocolOptions protocolOptions, PoolingOptions poolingOptions, SocketOptions socketOptions,
        QueryOptions queryOptions, IAuthProvider? authProvider) =>
        (Policies, ProtocolOptions, PoolingOptions, SocketOptions, QueryOptions, AuthProvider) =
        (policies, protocolOptions, poolingOptions, socketOptions, queryOptions, authProvider);

    /// <summary>Who decides about hosts, retries and time.</summary>
    public Policies Policies { get; }

    /// <summary>Port, TLS and schema agreement.</summary>
    public ProtocolOptions ProtocolOptions { get; }

    /// <summary>Connections to a host.</summary>
    public PoolingOptions PoolingOptions { get; }

    /// <summary>Time-outs and sockets.</summary>
    public SocketOptions SocketOptions { get; }

    /// <summary>Defaults of statements.</summary>
    public QueryOptions QueryOptions { get; }

    /// <summary>Who the driver is to servers; null for nobody.</summary>
    public IAuthProvider? AuthProvider { get; }

    internal string? ApplicationName { get; init; }

    internal string? ApplicationVersion { get; init; }

    /// <summary>The longest body of a frame that is taken, in bytes; the specification's limit.</summary>
    internal int MaxFrameLength { get; init; } = DefaultMaxFrameLength;

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
