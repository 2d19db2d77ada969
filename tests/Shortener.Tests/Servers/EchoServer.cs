using System.Net;
using System.Net.Sockets;

namespace Shortener.Tests.Servers;

/// <summary>Sends back what it gets; closes when its client does.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private long _received;

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Bytes since the start.</summary>
    public long Received => Interlocked.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true) clients.Add(ServeAsync(await _listener.AcceptSocketAsync()));
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var _ = client;
        var buffer = new byte[1024];
        try
        {
            while (await client.ReceiveAsync(buffer) is var count and > 0)
            {
                Interlocked.Add(ref _received, count);
                await client.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (SocketException)
        {
            // Its client was cut off.
        }
    }
}
