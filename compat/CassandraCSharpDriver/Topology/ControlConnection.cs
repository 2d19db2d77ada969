using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Cassandra.Connections;
using Cassandra.Protocol;

namespace Cassandra.Topology;

/// <summary>
/// The connection over which the cluster is watched: it takes the servers' events and reads nodes and keyspaces again when they
/// changed. Where it is lost, another host takes its place.
/// </summary>
internal sealed class ControlConnection : IAsyncDisposable
{
    private static readonly TimeSpan AgreementPoll = TimeSpan.FromMilliseconds(200);

    private readonly Configuration _configuration;
    private readonly Metadata _metadata;
    private readonly Action<IPEndPoint> _checkHost;
    private readonly Action _onChange;
    private readonly ConnectionOpener _opener;
    private readonly ClusterReader _reader;
    private readonly Channel<Response.Event> _events = Channel.CreateUnbounded<Response.Event>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly SemaphoreSlim _reading = new(1);
    private volatile Connection? _connection;
    private Task _loop = Task.CompletedTask;

    /// <param name="metadata">What is kept up to date.</param>
    /// <param name="checkHost">Called when a host is said to be up or down.</param>
    /// <param name="onChange">Called when nodes or keyspaces were read again.</param>
    /// <param name="configuration">Settings.</param>
    public ControlConnection(Metadata metadata, Action<IPEndPoint> checkHost, Action onChange, Configuration configuration)
    {
        (_metadata, _checkHost, _onChange, _configuration) = (metadata, checkHost, onChange, configuration);
        _stopping = _stop.Token;
        (_opener, _reader) = (new ConnectionOpener(configuration), new ClusterReader(configuration));
    }

    /// <summary>Connects to the first host that can be, and watches from then on.</summary>
    /// <exception cref="NoHostAvailableException">None can.</exception>
    public async Task StartAsync(IReadOnlyList<IPEndPoint> contactPoints)
    {
        await ConnectAsync(contactPoints);
        _loop = RunAsync(contactPoints);
    }

    /// <summary>Reads nodes and keyspaces again; false where there is no connection now.</summary>
    public async Task<bool> RefreshAsync()
    {
        if (_connection is not { IsOpen: true } connection) return false;
        await ReadAsync(connection);
        return true;
    }

    /// <summary>Waits until all nodes that are up have the same schema; false where that took too long.</summary>
    public async Task<bool> AgreeAsync(Connection connection, TimeSpan limit)
    {
        var start = _configuration.TimeProvider.GetTimestamp();
        while (!await ClusterReader.AgreeAsync(connection, _metadata))
        {
            if (_configuration.TimeProvider.GetElapsedTime(start) >= limit) return false;
            await Task.Delay(AgreementPoll, _configuration.TimeProvider, _stopping);
        }

        return true;
    }

    /// <summary>Whether all nodes that are up have the same schema now; false where there is no connection.</summary>
    public async Task<bool> AgreeAsync() => _connection is { IsOpen: true } connection && await AgreeAsync(connection, TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _connection?.Dispose();
        _stop.Dispose();
    }

    private async Task ConnectAsync(IEnumerable<IPEndPoint> hosts)
    {
        var errors = new Dictionary<IPEndPoint, Exception>();
        foreach (var host in hosts.Distinct())
        {
            Connection? connection = null;
            try
            {
                connection = await _opener.OpenAsync(host, null, change => _events.Writer.TryWrite(change), _stopping);
                await connection.SendAsync(Requests.Register(), connection.DefaultTimeoutMillis);
                await ReadAsync(connection);
                _connection = connection;
                return;
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                connection?.Close(SocketError.ConnectionAborted, $"not ready: {exception.Message}");
                errors[host] = exception;
            }
        }

        throw new NoHostAvailableException(errors);
    }

    private async Task ReadAsync(Connection connection)
    {
        // One at a time, so that what was read later is also kept later.
        await _reading.WaitAsync(_stopping);
        try
        {
            await _reader.ReadAsync(connection, _metadata);
        }
        finally
        {
            _reading.Release();
        }

        _onChange();
    }

    private async Task RunAsync(IReadOnlyList<IPEndPoint> contactPoints)
    {
        var schedule = _configuration.Policies.ReconnectionPolicy.NewSchedule();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_connection is { IsOpen: true } connection)
                {
                    schedule = _configuration.Policies.ReconnectionPolicy.NewSchedule();
                    await WatchAsync(connection);
                }
                else
                {
                    var known = _metadata.AllHosts().OrderByDescending(host => host.IsUp).ThenBy(_ => Random.Shared.Next());
                    await ConnectAsync(known.Select(host => host.Address).Concat(contactPoints));
                }
            }
            catch (Exception exception) when (exception is DriverException or SocketException or OperationCanceledException or MalformedFrameException)
            {
                // No host takes it now, or the one that did was lost: the connection of the next round is another one.
                _connection?.Close(SocketError.ConnectionAborted, exception.Message);
                if (!_stopping.IsCancellationRequested) await WaitAsync(schedule.NextDelayMs());
            }
        }
    }

    private async Task WatchAsync(Connection connection)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        _ = CancelWhenClosedAsync(connection, lost);
        while (await _events.Reader.WaitToReadAsync(lost.Token))
        {
            var needsReading = false;
            while (_events.Reader.TryRead(out var change))
            {
                // A new node's data can be had only some time after its event; its status event comes then.
                needsReading |= change.Type != "STATUS_CHANGE" || (change.Host is { } known && _metadata.GetHost(known) is null);
                if (change is { Type: "STATUS_CHANGE", Host: { } host }) _checkHost(host);
            }

            if (needsReading) await ReadAsync(connection);
        }
    }

    private static async Task CancelWhenClosedAsync(Connection connection, CancellationTokenSource lost)
    {
        await connection.Closed;
        try
        {
            await lost.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Nobody watches any more.
        }
    }

    private async Task WaitAsync(long millis)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(millis), _configuration.TimeProvider, _stopping);
        }
        catch (OperationCanceledException)
        {
            // The driver is shut down: the loop sees that.
        }
    }
}
