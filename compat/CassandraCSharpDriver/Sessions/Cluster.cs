using System.Net;
using Cassandra.Connections;
using Cassandra.Topology;

namespace Cassandra;

/// <inheritdoc/>
public sealed class Cluster : ICluster
{
    private readonly Func<CancellationToken, Task<IReadOnlyList<IPEndPoint>>> _resolve;
    private readonly string? _defaultKeyspace;
    private readonly ControlConnection _control;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Session> _sessions = [];
    private volatile bool _isStarted;
    private Host[] _known = [];

    internal Cluster(
        Configuration configuration, string? defaultKeyspace, Func<CancellationToken, Task<IReadOnlyList<IPEndPoint>>> resolve)
    {
        (Configuration, _defaultKeyspace, _resolve) = (configuration, defaultKeyspace, resolve);
        _control = new ControlConnection(Metadata, Check, OnChange, configuration);
        (Metadata.Refresh, Metadata.CheckAgreement) = (_control.RefreshAsync, _control.AgreeAsync);
    }

    /// <inheritdoc/>
    public event Action<Host>? HostAdded;

    /// <inheritdoc/>
    public event Action<Host>? HostRemoved;

    /// <inheritdoc/>
    public Metadata Metadata { get; } = new();

    /// <inheritdoc/>
    public Configuration Configuration { get; }

    /// <summary>A builder of a cluster.</summary>
    public static Builder Builder() => new();

    /// <inheritdoc/>
    public ICollection<Host> AllHosts() => Metadata.AllHosts();

    /// <inheritdoc/>
    public Host? GetHost(IPEndPoint address) => Metadata.GetHost(address);

    /// <inheritdoc/>
    public ICollection<Host> GetReplicas(byte[] partitionKey) => Metadata.GetReplicas(partitionKey);

    /// <inheritdoc/>
    public ICollection<Host> GetReplicas(string keyspace, byte[] partitionKey) => Metadata.GetReplicas(keyspace, partitionKey);

    /// <inheritdoc/>
    public Task<ISession> ConnectAsync() => OpenAsync(_defaultKeyspace);

    /// <inheritdoc/>
    public Task<ISession> ConnectAsync(string keyspace) => OpenAsync(keyspace);

    /// <inheritdoc/>
    public Task<bool> RefreshSchemaAsync(string? keyspace = null, string? table = null) => Metadata.RefreshSchemaAsync(keyspace, table);

    /// <inheritdoc/>
    public async Task ShutdownAsync(int timeoutMs = Timeout.Infinite)
    {
        await _stop.CancelAsync();
        Session[] sessions;
        lock (_lock) sessions = [.. _sessions];
        var ended = Task.WhenAll(sessions.Select(session => session.ShutdownAsync()).Append(_control.DisposeAsync().AsTask()));
        await ended.WaitAsync(TimeSpan.FromMilliseconds(timeoutMs), Configuration.TimeProvider);
    }

    /// <summary>As <see cref="ShutdownAsync"/>, without waiting for its end.</summary>
    public void Dispose() => _ = ShutdownAsync();

    internal void Forget(Session session)
    {
        lock (_lock) _sessions.Remove(session);
    }

    /// <summary>Waits for the nodes to agree on a changed schema, and takes it over here.</summary>
    internal async Task<bool> AwaitSchemaAsync(Connection connection)
    {
        var limit = TimeSpan.FromSeconds(Configuration.ProtocolOptions.MaxSchemaAgreementWaitSeconds);
        var agreed = await _control.AgreeAsync(connection, limit);
        await _control.RefreshAsync();
        return agreed;
    }

    private async Task<ISession> OpenAsync(string? keyspace)
    {
        await StartAsync();
        var session = new Session(this, keyspace);
        lock (_lock) _sessions.Add(session);
        await session.OpenAsync();
        return session;
    }

    private async Task StartAsync()
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        if (_isStarted) return;
        await _starting.WaitAsync(_stop.Token);
        try
        {
            if (_isStarted) return;
            await _control.StartAsync(await _resolve(_stop.Token));
            Configuration.Policies.LoadBalancingPolicy.Initialize(this);
            Configuration.Policies.SpeculativeExecutionPolicy.Initialize(this);
            _isStarted = true;
        }
        finally
        {
            _starting.Release();
        }
    }

    private void Check(IPEndPoint address)
    {
        foreach (var session in Sessions()) session.Check(address);
    }

    private void OnChange()
    {
        Host[] before;
        var now = AllHosts().ToArray();
        lock (_lock) (before, _known) = (_known, now);
        if (!_isStarted) return;
        foreach (var session in Sessions()) session.UpdatePools();
        foreach (var host in now.Except(before)) HostAdded?.Invoke(host);
        foreach (var host in before.Except(now)) HostRemoved?.Invoke(host);
    }

    private Session[] Sessions()
    {
        lock (_lock) return [.. _sessions];
    }
}
