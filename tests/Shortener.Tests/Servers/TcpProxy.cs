using System.Net;
using System.Net.Sockets;

namespace Shortener.Tests.Servers;

/// <summary>
/// Stands in front of a server and fails as a network does. A connection that has lost bytes loses all that follow on that way,
/// also when the mode has changed: what came after a gap would be no protocol. Clients have to connect again.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<Task> _connections = [];
    private CancellationTokenSource _cut = new();
    private long _swallowed;
    private int _toPass;
    private int _accepted;

    /// <summary>Listens on a free port and passes everything on to <paramref name="server"/>, until told otherwise.</summary>
    public TcpProxy(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>What happens to bytes that arrive from now on.</summary>
    public ProxyMode Mode { get; set; }

    /// <summary>Connections since the start.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Bytes lost since the start, on both ways; by it a test knows when a dropped answer has been given.</summary>
    public long Swallowed => Interlocked.Read(ref _swallowed);

    /// <summary>Begins <see cref="ProxyMode.DropAnswers"/> behind so many further pieces of answers, which are passed on.</summary>
    public void DropAnswersAfter(int pieces)
    {
        Volatile.Write(ref _toPass, pieces);
        Mode = ProxyMode.DropAnswers;
    }

    /// <summary>Resets all connections that there are; new ones are accepted.</summary>
    public async Task CutAsync()
    {
        Task[] connections;
        CancellationTokenSource cut;
        lock (_gate)
        {
            connections = [.. _connections];
            _connections.Clear();
            (cut, _cut) = (_cut, new CancellationTokenSource());
        }

        await cut.CancelAsync();
        await Task.WhenAll(connections);
        cut.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await CutAsync();
        _cut.Dispose();
        _stop.Dispose();
    }

    internal void Swallow(int bytes) => Interlocked.Add(ref _swallowed, bytes);

    /// <summary>Whether a piece of an answer is one of those that <see cref="DropAnswersAfter"/> lets through.</summary>
    internal bool LetsThrough() => Interlocked.Decrement(ref _toPass) >= 0;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                lock (_gate)
                {
                    _accepted++;
                    _connections.Add(new ProxiedConnection(this, client, _server).RunAsync(_cut.Token));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }
}
