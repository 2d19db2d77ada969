namespace Cassandra;

/// <summary>Time-outs and settings of connections.</summary>
public class SocketOptions
{
    /// <summary>Milliseconds until a connection must be usable.</summary>
    public const int DefaultConnectTimeoutMillis = 5000;

    /// <summary>Milliseconds until a host must have answered a request.</summary>
    public const int DefaultReadTimeoutMillis = 12000;

    /// <summary>Milliseconds until a connection must be usable, with all of TCP, TLS and the protocol's own start.</summary>
    public int ConnectTimeoutMillis { get; private set; } = DefaultConnectTimeoutMillis;

    /// <summary>Milliseconds until a host must have answered a request; 0 for ever.</summary>
    public int ReadTimeoutMillis { get; private set; } = DefaultReadTimeoutMillis;

    /// <summary>Requests that may have timed out on a connection, their late answers still missing, before it is closed.</summary>
    public int DefunctReadTimeoutThreshold { get; private set; } = 64;

    /// <summary>Whether TCP keep-alive is on; null for the system's default.</summary>
    public bool? KeepAlive { get; private set; } = true;

    /// <summary>Whether small packets are sent at once; null for the system's default.</summary>
    public bool? TcpNoDelay { get; private set; } = true;

    /// <summary>Bytes of the system's receive buffer; null for its default.</summary>
    public int? ReceiveBufferSize { get; private set; }

    /// <summary>Bytes of the system's send buffer; null for its default.</summary>
    public int? SendBufferSize { get; private set; }

    /// <summary>Sets <see cref="ConnectTimeoutMillis"/>.</summary>
    public SocketOptions SetConnectTimeoutMillis(int connectTimeoutMillis)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(connectTimeoutMillis);
        ConnectTimeoutMillis = connectTimeoutMillis;
        return this;
    }

    /// <summary>Sets <see cref="ReadTimeoutMillis"/>.</summary>
    public SocketOptions SetReadTimeoutMillis(int milliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        ReadTimeoutMillis = milliseconds;
        return this;
    }

    /// <summary>Sets <see cref="DefunctReadTimeoutThreshold"/>.</summary>
    public SocketOptions SetDefunctReadTimeoutThreshold(int amountOfTimeouts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amountOfTimeouts);
        DefunctReadTimeoutThreshold = amountOfTimeouts;
        return this;
    }

    /// <summary>Sets <see cref="KeepAlive"/>.</summary>
    public SocketOptions SetKeepAlive(bool keepAlive)
    {
        KeepAlive = keepAlive;
        return this;
    }

    /// <summary>Sets <see cref="TcpNoDelay"/>.</summary>
    public SocketOptions SetTcpNoDelay(bool tcpNoDelay)
    {
        TcpNoDelay = tcpNoDelay;
        return this;
    }

    /// <summary>Sets <see cref="ReceiveBufferSize"/>.</summary>
    public SocketOptions SetReceiveBufferSize(int receiveBufferSize)
    {
        ReceiveBufferSize = receiveBufferSize;
        return this;
    }

    /// <summary>Sets <see cref="SendBufferSize"/>.</summary>
    public SocketOptions SetSendBufferSize(int sendBufferSize)
    {
        SendBufferSize = sendBufferSize;
        return this;
    }
}
