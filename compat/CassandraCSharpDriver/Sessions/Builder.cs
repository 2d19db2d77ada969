using System.Net;

namespace Cassandra;

/// <summary>Gathers the settings of a cluster. Nothing is connected before <see cref="Cluster.ConnectAsync()"/>.</summary>
public class Builder
{
    private readonly List<Func<CancellationToken, Task<IEnumerable<IPAddress>>>> _addresses = [];
    private readonly List<IPEndPoint> _endPoints = [];
    private int _port = ProtocolOptions.DefaultPort;
    private int _agreementSeconds = ProtocolOptions.DefaultMaxSchemaAgreementWaitSeconds;
    private string? _keyspace;
    private string? _applicationVersion;
    private QueryOptions _queryOptions = new();
    private SSLOptions? _sslOptions;
    private IAuthProvider? _authProvider;
    private ILoadBalancingPolicy? _loadBalancing;
    private IReconnectionPolicy? _reconnection;
    private IRetryPolicy? _retry;
    private ISpeculativeExecutionPolicy? _speculation;
    private TimeProvider _timeProvider = TimeProvider.System;
    private int? _maxFrameLength;

    /// <summary>What this application is called in the servers' lists of clients.</summary>
    public string? ApplicationName { get; private set; }

    /// <summary>Connections to a host.</summary>
    public PoolingOptions PoolingOptions { get; private set; } = new();

    /// <summary>Time-outs and sockets.</summary>
    public SocketOptions SocketOptions { get; private set; } = new();

    /// <summary>Adds a host to begin with: an address or a name, which is resolved when connecting to all its addresses.</summary>
    public Builder AddContactPoint(string address)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        _addresses.Add(async cancellationToken => await Dns.GetHostAddressesAsync(address, cancellationToken));
        return this;
    }

    /// <summary>Adds a host to begin with.</summary>
    public Builder AddContactPoint(IPAddress address)
    {
        _addresses.Add(_ => Task.FromResult<IEnumerable<IPAddress>>([address]));
        return this;
    }

    /// <summary>Adds a host to begin with, with a port of its own.</summary>
    public Builder AddContactPoint(IPEndPoint address)
    {
        _endPoints.Add(address);
        return this;
    }

    /// <summary>Adds hosts to begin with; see <see cref="AddContactPoint(string)"/>.</summary>
    public Builder AddContactPoints(params string[] addresses) => AddContactPoints(addresses.AsEnumerable());

    /// <summary>Adds hosts to begin with; see <see cref="AddContactPoint(string)"/>.</summary>
    public Builder AddContactPoints(IEnumerable<string> addresses)
    {
        foreach (var address in addresses) AddContactPoint(address);
        return this;
    }

    /// <summary>Adds hosts to begin with.</summary>
    public Builder AddContactPoints(params IPAddress[] addresses)
    {
        foreach (var address in addresses) AddContactPoint(address);
        return this;
    }

    /// <summary>Adds hosts to begin with, each with a port of its own.</summary>
    public Builder AddContactPoints(params IPEndPoint[] addresses) => AddContactPoints(addresses.AsEnumerable());

    /// <summary>Adds hosts to begin with, each with a port of its own.</summary>
    public Builder AddContactPoints(IEnumerable<IPEndPoint> addresses)
    {
        _endPoints.AddRange(addresses);
        return this;
    }

    /// <summary>Sets the port of contact points that name none.</summary>
    public Builder WithPort(int port)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        _port = port;
        return this;
    }

    /// <summary>Sets the application's name.</summary>
    public Builder WithApplicationName(string name)
    {
        ApplicationName = name;
        return this;
    }

    /// <summary>Sets the application's version.</summary>
    public Builder WithApplicationVersion(string version)
    {
        _applicationVersion = version;
        return this;
    }

    /// <summary>Sets a name and a password.</summary>
    public Builder WithCredentials(string username, string password) => WithAuthProvider(new PlainTextAuthProvider(username, password));

    /// <summary>Sets who the driver is to servers.</summary>
    public Builder WithAuthProvider(IAuthProvider authProvider)
    {
        _authProvider = authProvider;
        return this;
    }

    /// <summary>Sets the keyspace of sessions that name none.</summary>
    public Builder WithDefaultKeyspace(string defaultKeyspace)
    {
        _keyspace = defaultKeyspace;
        return this;
    }

    /// <summary>Sets the defaults of statements.</summary>
    public Builder WithQueryOptions(QueryOptions options)
    {
        _queryOptions = options;
        return this;
    }

    /// <summary>Sets time-outs and socket options.</summary>
    public Builder WithSocketOptions(SocketOptions value)
    {
        SocketOptions = value;
        return this;
    }

    /// <summary>Sets how many connections there are to a host.</summary>
    public Builder WithPoolingOptions(PoolingOptions value)
    {
        PoolingOptions = value;
        return this;
    }

    /// <summary>Turns TLS on, with certificates checked against the system's trust.</summary>
    public Builder WithSSL() => WithSSL(new SSLOptions());

    /// <summary>Turns TLS on.</summary>
    public Builder WithSSL(SSLOptions sslOptions)
    {
        _sslOptions = sslOptions;
        return this;
    }

    /// <summary>Sets which hosts are used.</summary>
    public Builder WithLoadBalancingPolicy(ILoadBalancingPolicy policy)
    {
        _loadBalancing = policy;
        return this;
    }

    /// <summary>Sets how long to wait between attempts to connect.</summary>
    public Builder WithReconnectionPolicy(IReconnectionPolicy policy)
    {
        _reconnection = policy;
        return this;
    }

    /// <summary>Sets what follows an error.</summary>
    public Builder WithRetryPolicy(IRetryPolicy policy)
    {
        _retry = policy;
        return this;
    }

    /// <summary>Sets when a further host is asked too.</summary>
    public Builder WithSpeculativeExecutionPolicy(ISpeculativeExecutionPolicy policy)
    {
        _speculation = policy;
        return this;
    }

    /// <summary>Sets how long to wait for nodes to agree after a change of schema; 0 for not at all.</summary>
    public Builder WithMaxSchemaAgreementWaitSeconds(int maxSchemaAgreementWaitSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxSchemaAgreementWaitSeconds);
        _agreementSeconds = maxSchemaAgreementWaitSeconds;
        return this;
    }

    /// <summary>A cluster with these settings, not connected yet.</summary>
    /// <exception cref="ArgumentException">There is no contact point.</exception>
    public Cluster Build()
    {
        if (_addresses.Count == 0 && _endPoints.Count == 0) throw new ArgumentException("A cluster needs a contact point: AddContactPoint");
        var policies = new Policies(
            _loadBalancing ?? Policies.DefaultLoadBalancingPolicy, _reconnection ?? Policies.DefaultReconnectionPolicy,
            _retry ?? Policies.DefaultRetryPolicy, _speculation ?? Policies.DefaultSpeculativeExecutionPolicy);
        var protocol = new ProtocolOptions(_port, _sslOptions).SetMaxSchemaAgreementWaitSeconds(_agreementSeconds);
        var configuration = new Configuration(policies, protocol, PoolingOptions, SocketOptions, _queryOptions, _authProvider)
        {
            ApplicationName = ApplicationName, ApplicationVersion = _applicationVersion, TimeProvider = _timeProvider,
            MaxFrameLength = _maxFrameLength ?? Configuration.DefaultMaxFrameLength,
        };
        return new Cluster(configuration, _keyspace, ResolveAsync);
    }

    internal Builder WithTimeProvider(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        return this;
    }

    internal Builder WithMaxFrameLength(int bytes)
    {
        _maxFrameLength = bytes;
        return this;
    }

    private async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(CancellationToken cancellationToken)
    {
        var found = new List<IPEndPoint>(_endPoints);
        foreach (var resolve in _addresses)
        {
            found.AddRange((await resolve(cancellationToken)).Select(address => new IPEndPoint(address, _port)));
        }

        return found;
    }
}
