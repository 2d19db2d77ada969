using System.Net;
using System.Net.Sockets;

namespace Shortener.Tests.Servers;

/// <summary>One client's connection through a <see cref="TcpProxy"/>, and the one to the server that belongs to it.</summary>
internal sealed class ProxiedConnection(TcpProxy proxy, Socket client, IPEndPoint server)
{
    /// <summary>
    /// Passes bytes on until both sides have closed, one has failed, or <paramref name="cut"/> is cancelled; then both are shut.
    /// What has not closed by itself sees a reset connection.
    /// </summary>
    public async Task RunAsync(CancellationToken cut)
    {
        using var upstream = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cut);
        using var downstream = client;
        client.NoDelay = upstream.NoDelay = true;
        try
        {
            await upstream.ConnectAsync(server, stop.Token);
            await Task.WhenAll(
                PumpAsync(client, upstream, () => proxy.Mode == ProxyMode.Blackhole, stop),
                PumpAsync(upstream, client, SwallowsAnswers, stop));
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException)
        {
            client.LingerState = upstream.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    private bool SwallowsAnswers() =>
        proxy.Mode == ProxyMode.Blackhole || (proxy.Mode == ProxyMode.DropAnswers && !proxy.LetsThrough());

    private async Task PumpAsync(Socket from, Socket to, Func<bool> swallows, CancellationTokenSource stop)
    {
        var buffer = new byte[64 * 1024];
        var hasGap = false;
        try
        {
            while (await from.ReceiveAsync(buffer, stop.Token) is var count and > 0)
            {
                hasGap = hasGap || swallows();
                if (hasGap)
                {
                    proxy.Swallow(count);
                    continue;
                }

                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), stop.Token);
            }

            if (!hasGap) to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // The other way ends as well.
            await stop.CancelAsync();
            throw;
        }
    }
}
