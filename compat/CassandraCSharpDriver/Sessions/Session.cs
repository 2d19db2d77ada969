using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Cassandra.Connections;
using Cassandra.Sessions;

namespace Cassandra;

/// <inheritdoc/>
public sealed class Session : ISession
{
    private readonly Cluster _cluster;
    private readonly ConcurrentDictionary<IPEndPoint, HostPool> _pools = new();
    private readonly PreparedStatements _prepared = new();
    private readonly Lock _lock = new();
    private volatile bool _isDisposed;

    internal Session(Cluster cluster, string? keyspace) => (_cluster, Keyspace) = (cluster, keyspace);

    /// <inheritdoc/>
    public int BinaryProtocolVersion => 4;

    /// <inheritdoc/>
    public ICluster Cluster => _cluster;

    /// <summary>The settings.</summary>
    public Configuration Configuration => _cluster.Configuration;

    /// <inheritdoc/>
    public bool IsDisposed => _isDisposed;

    /// <inheritdoc/>
    public string? Keyspace { get; }

    /// <inheritdoc/>
    public Task<RowSet> ExecuteAsync(IStatement statement) => RunAsync(statement, statement.PagingState);

    /// <inheritdoc/>
    public async Task<PreparedStatement> PrepareAsync(string cqlQuery)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var plan = new QueryPlan(Configuration.Policies.LoadBalancingPolicy.NewQueryPlan(Keyspace, null));
        var errors = new Dictionary<IPEndPoint, Exception>();
        while (plan.Next() is { } host)
        {
            try
            {
                var connection = Borrow(host) ?? throw ErrorOf(host);
                var statement = await _prepared.PrepareAsync(cqlQuery, connection);
                if (Configuration.QueryOptions.IsPrepareOnAllHosts()) await PrepareElsewhereAsync(statement, host);
                return statement;
            }
            catch (Exception exception) when (Retries.IsHostsOwn(exception))
            {
                errors[host.Address] = exception;
            }
        }

        throw new NoHostAvailableException(errors);
    }

    /// <inheritdoc/>
    public RowSet Execute(IStatement statement) => ExecuteAsync(statement).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public RowSet Execute(string cqlQuery) => Execute(new SimpleStatement(cqlQuery));

    /// <inheritdoc/>
    public async Task ShutdownAsync()
    {
        lock (_lock) _isDisposed = true;
        _cluster.Forget(this);
        await Task.WhenAll(_pools.Values.Select(pool => pool.DisposeAsync().AsTask()));
        _pools.Clear();
    }

    /// <summary>As <see cref="ShutdownAsync"/>, without waiting for its end.</summary>
    public void Dispose() => _ = ShutdownAsync();

    /// <summary>Connects to the hosts of the policy's choice and waits until one has a connection or none can have.</summary>
    internal async Task OpenAsync()
    {
        UpdatePools();
        var pools = _pools.Values.ToList();
        if (Configuration.PoolingOptions.GetWarmup()) await Task.WhenAll(pools.Select(pool => pool.Tried));
        var waiting = pools.Select(pool => pool.Tried).ToList();
        while (waiting.Count > 0 && !pools.Exists(pool => pool.HasConnections)) waiting.Remove(await Task.WhenAny(waiting));
        if (pools.Exists(pool => pool.HasConnections)) return;
        await ShutdownAsync();
        throw pools.Select(pool => pool.LastError).OfType<InvalidQueryException>().FirstOrDefault() as Exception
            ?? new NoHostAvailableException(pools.ToDictionary(pool => pool.Host.Address, pool => pool.LastError));
    }

    /// <summary>Brings the pools in line with the hosts that there are.</summary>
    internal void UpdatePools()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            var hosts = _cluster.AllHosts();
            foreach (var host in hosts)
            {
                var distance = Configuration.Policies.LoadBalancingPolicy.Distance(host);
                if (distance == HostDistance.Ignored || _pools.ContainsKey(host.Address)) continue;
                _pools[host.Address] = new HostPool(host, distance, Keyspace, PrepareAllAsync, Configuration);
            }

            foreach (var (address, pool) in _pools)
            {
                if (!hosts.Contains(pool.Host) && _pools.TryRemove(address, out _)) _ = pool.DisposeAsync().AsTask();
            }
        }
    }

    internal void Check(IPEndPoint address)
    {
        if (_pools.TryGetValue(address, out var pool)) pool.Check();
    }

    /// <summary>A connection to the host, or null where there is none now.</summary>
    internal Connection? Borrow(Host host) => _pools.GetValueOrDefault(host.Address)?.Borrow();

    /// <summary>Why there is no connection to the host.</summary>
    internal Exception ErrorOf(Host host) => _pools.GetValueOrDefault(host.Address)?.LastError
        ?? new ConnectionException(SocketError.NotConnected, host.Address, "no connections are kept to it");

    internal Task<RowSet> FetchAsync(IStatement statement, byte[] pagingState) => RunAsync(statement, pagingState);

    /// <summary>Prepares a statement that the host has forgotten.</summary>
    internal Task PrepareAgainAsync(Connection connection, PreparedQueryNotFoundException unknown) =>
        _prepared.PrepareAgainAsync(connection, unknown);

    /// <summary>Waits for the nodes to agree on a changed schema, and takes it over here.</summary>
    internal Task<bool> AwaitSchemaAsync(Connection connection) => _cluster.AwaitSchemaAsync(connection);

    private async Task<RowSet> RunAsync(IStatement statement, byte[]? pagingState)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (statement is not Statement known) throw new NotSupportedException($"Statements of {statement.GetType()} are not known here");
        return await new RequestExecution(this, known, pagingState).RunAsync();
    }

    private Task PrepareAllAsync(Connection connection) =>
        Configuration.QueryOptions.IsReprepareOnUp() ? _prepared.PrepareAllAsync(connection) : Task.CompletedTask;

    /// <summary>Prepares it on the other hosts. Where that fails, the first request there does it.</summary>
    private Task PrepareElsewhereAsync(PreparedStatement statement, Host done) => Task.WhenAll(_pools.Values
        .Where(pool => !pool.Host.Equals(done)).Select(pool => pool.Borrow()).OfType<Connection>()
        .Select(connection => PreparedStatements.TryPrepareAsync(statement, connection)));
}
