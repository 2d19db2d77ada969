using System.Net.Sockets;
using System.Threading.Channels;

namespace Cassandra.Connections;

/// <summary>
/// A session's connections to one host. One loop keeps as many open as there should be, and tries again with growing waits
/// while the host cannot be reached; whether the host counts as up follows from that.
/// </summary>
internal sealed class HostPool : IAsyncDisposable
{
    private const double Jitter = 0.15;

    /// <summary>A connection that was lost sooner counts as a failed attempt, so that a host which drops them is not flooded.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(1);

    private readonly Configuration _configuration;
    private readonly ConnectionOpener _opener;
    private readonly string? _keyspace;
    private readonly Func<Connection, Task> _prepare;
    private readonly Lock _lock = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _busy;
    private readonly int _max;
    private readonly Task _loop;
    private volatile Connection[] _connections = [];
    private volatile Exception? _lastError;
    private volatile int _target;

    /// <param name="host">The host.</param>
    /// <param name="distance">How many connections it gets.</param>
    /// <param name="keyspace">The keyspace of the connections, or null.</param>
    /// <param name="prepare">Readies the host for requests, on the first connection after there was none.</param>
    /// <param name="configuration">Settings.</param>
    public HostPool(Host host, HostDistance distance, string? keyspace, Func<Connection, Task> prepare, Configuration configuration)
    {
        (Host, _keyspace, _prepare, _configuration) = (host, keyspace, prepare, configuration);
        _stopping = _stop.Token;
        _opener = new ConnectionOpener(configuration);
        var pooling = configuration.PoolingOptions;
        _target = Math.Max(1, pooling.GetCoreConnectionsPerHost(distance));
        _max = Math.Max(_target, pooling.GetMaxConnectionPerHost(distance));
        _busy = pooling.GetMaxSimultaneousRequestsPerConnectionTreshold(distance);
        _loop = RunAsync();
    }

    public Host Host { get; }

    /// <summary>Ends when the first attempt to connect has, whatever came of it.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Why there is no connection.</summary>
    public Exception LastError => _lastError ?? new ConnectionException(SocketError.NotConnected, Host.Address, "not made yet");

    public bool HasConnections => _connections.Length > 0;

    /// <summary>The open connection with the fewest requests in flight; null where none is open.</summary>
    public Connection? Borrow()
    {
        Connection? best = null;
        foreach (var connection in _connections)
        {
            if (connection.IsOpen && (best is null || connection.InFlight < best.InFlight)) best = connection;
        }

        if (best?.InFlight >= _busy && _connections.Length == _target && _target < _max)
        {
            lock (_lock) _target = Math.Min(_max, _connections.Length + 1);
            Wake();
        }

        return best;
    }

    /// <summary>Tries at once to connect where that is due, and else checks that the host answers.</summary>
    public void Check()
    {
        Wake();
        foreach (var connection in _connections) _ = connection.CheckAsync();
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        foreach (var connection in _connections) connection.Dispose();
        _stop.Dispose();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        await Task.Yield();
        IReconnectionSchedule? schedule = null;
        while (!_stopping.IsCancellationRequested)
        {
            var opened = await TryOpenAsync();
            _tried.TrySetResult();
            var since = _configuration.TimeProvider.GetTimestamp();
            while (opened && _connections.Length >= _target && !_stopping.IsCancellationRequested) await WaitAsync(Timeout.InfiniteTimeSpan);
            if (opened && (_connections.Length > 0 || _configuration.TimeProvider.GetElapsedTime(since) >= Stable))
            {
                schedule = null;
                continue;
            }

            schedule ??= _configuration.Policies.ReconnectionPolicy.NewSchedule();
            var spread = 1 + Jitter * (2 * Random.Shared.NextDouble() - 1);
            await WaitAsync(TimeSpan.FromMilliseconds(schedule.NextDelayMs() * spread));
        }

        _tried.TrySetResult();
    }

    private async Task<bool> TryOpenAsync()
    {
        Connection? connection = null;
        try
        {
            connection = await _opener.OpenAsync(Host.Address, _keyspace, _ => { }, _stopping);
            if (!HasConnections) await _prepare(connection);
            lock (_lock) _connections = [.. _connections, connection];
            _lastError = null;
            Host.SetUp();
            _ = RemoveWhenClosedAsync(connection);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever it was, such as a resolver of names that throws: the next attempt may do better, and callers see it.
            connection?.Close(SocketError.ConnectionAborted, $"not ready: {exception.Message}");
            _lastError = exception;
            if (!HasConnections && !_stopping.IsCancellationRequested) Host.SetDown();
            return false;
        }
    }

    private async Task RemoveWhenClosedAsync(Connection connection)
    {
        _lastError = await connection.Closed;
        lock (_lock) _connections = [.. _connections.Where(other => other != connection)];
        if (!HasConnections && !_stopping.IsCancellationRequested) Host.SetDown();
        Wake();
    }

    /// <summary>Waits until something happened or the time has passed.</summary>
    private async Task WaitAsync(TimeSpan time)
    {
        using var timer = new CancellationTokenSource(time, _configuration.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _stopping);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The time has passed, or the pool stops: its loop sees which.
        }
    }
}
