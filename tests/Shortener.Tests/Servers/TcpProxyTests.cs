using System.Net.Sockets;

namespace Shortener.Tests.Servers;

public sealed class TcpProxyTests : IAsyncDisposable
{
    private static readonly byte[] Request = "request"u8.ToArray();

    private readonly EchoServer _server = new();
    private readonly TcpProxy _proxy;

    public TcpProxyTests() => _proxy = new TcpProxy(_server.EndPoint);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_passes_bytes_on_and_the_end_of_them()
    {
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client);
        var stream = client.GetStream();

        client.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        Assert.Equal(1, _proxy.Accepted);
    }

    [Fact]
    public async Task A_blackhole_lets_nothing_through_to_the_server()
    {
        _proxy.Mode = ProxyMode.Blackhole;
        using var client = await ConnectAsync();

        await client.GetStream().WriteAsync(Request);

        await Until.TrueAsync(() => _proxy.Swallowed == Request.Length);
        Assert.Equal(0, _server.Received);
    }

    [Fact]
    public async Task An_answer_is_dropped_though_the_server_got_the_request()
    {
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client);
        _proxy.Mode = ProxyMode.DropAnswers;

        await client.GetStream().WriteAsync(Request);

        await Until.TrueAsync(() => _proxy.Swallowed == Request.Length);
        Assert.Equal(2 * Request.Length, _server.Received);
        Assert.Equal(0, client.Available);
    }

    [Theory]
    [InlineData((int)ProxyMode.Blackhole)]
    [InlineData((int)ProxyMode.DropAnswers)]
    public async Task A_connection_that_has_lost_bytes_stays_silent_and_a_new_one_works(int mode)
    {
        _proxy.Mode = (ProxyMode)mode;
        using var client = await ConnectAsync();
        await client.GetStream().WriteAsync(Request);
        await Until.TrueAsync(() => _proxy.Swallowed == Request.Length);

        _proxy.Mode = ProxyMode.Pass;

        await client.GetStream().WriteAsync(Request);
        await Until.TrueAsync(() => _proxy.Swallowed == 2 * Request.Length);
        using var another = await ConnectAsync();
        await AssertEchoedAsync(another);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task Answers_are_dropped_behind_those_that_were_to_pass()
    {
        using var client = await ConnectAsync();
        _proxy.DropAnswersAfter(2);
        for (var i = 0; i < 2; i++) await AssertEchoedAsync(client);

        await client.GetStream().WriteAsync(Request);

        await Until.TrueAsync(() => _proxy.Swallowed == Request.Length);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task Cut_connections_are_reset_and_new_ones_work()
    {
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client);

        await _proxy.CutAsync();

        var failure = await Assert.ThrowsAsync<IOException>(() => client.GetStream().ReadAsync(new byte[1]).AsTask());
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
        using var another = await ConnectAsync();
        await AssertEchoedAsync(another);
        Assert.Equal(2, _proxy.Accepted);
    }

    [Fact]
    public async Task Before_a_server_that_is_gone_connections_are_reset()
    {
        await _server.DisposeAsync();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);

        // It may come before the client has noticed that it is connected.
        var reset = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            await client.ConnectAsync(_proxy.EndPoint);
            await client.ReceiveAsync(new byte[1]);
        });
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    private static async Task AssertEchoedAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync(Request);
        var answer = new byte[Request.Length];
        await client.GetStream().ReadExactlyAsync(answer);
        Assert.Equal(Request, answer);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_proxy.EndPoint);
        return client;
    }
}
