namespace Cassandra;

/// <summary>Where and how the protocol is spoken. It is version 4, always.</summary>
public class ProtocolOptions
{
    /// <summary>Cassandra's port for clients.</summary>
    public const int DefaultPort = 9042;

    /// <summary>Seconds to wait for nodes to agree after a change of schema.</summary>
    public const int DefaultMaxSchemaAgreementWaitSeconds = 10;

    /// <summary>The default port, without TLS.</summary>
    public ProtocolOptions()
        : this(DefaultPort)
    {
    }

    /// <summary>That port, without TLS.</summary>
    public ProtocolOptions(int port)
        : this(port, null)
    {
    }

    /// <summary>That port, with TLS unless null.</summary>
    public ProtocolOptions(int port, SSLOptions? sslOptions) => (Port, SslOptions) = (port, sslOptions);

    /// <summary>The port of contact points that name none.</summary>
    public int Port { get; }

    /// <summary>TLS; null for none.</summary>
    public SSLOptions? SslOptions { get; }

    /// <summary>Seconds to wait for nodes to agree after a change of schema; 0 for not at all.</summary>
    public int MaxSchemaAgreementWaitSeconds { get; private set; } = DefaultMaxSchemaAgreementWaitSeconds;

    /// <summary>Sets <see cref="MaxSchemaAgreementWaitSeconds"/>.</summary>
    public ProtocolOptions SetMaxSchemaAgreementWaitSeconds(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        MaxSchemaAgreementWaitSeconds = value;
        return this;
    }
}
