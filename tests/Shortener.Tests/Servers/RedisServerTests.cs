using System.Net.Sockets;

namespace Shortener.Tests.Servers;

public sealed class RedisServerTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task It_answers_ping() => Assert.Equal("+PONG", await redis.CallAsync("PING"));

    [Fact]
    public async Task Killed_it_is_unreachable_and_started_again_it_is_empty_at_the_same_address()
    {
        Assert.Equal("+OK", await redis.CallAsync("SET a 1"));
        var address = redis.Address;

        await redis.KillAsync();
        await Assert.ThrowsAsync<SocketException>(() => redis.CallAsync("PING"));

        await redis.RestartAsync();
        Assert.Equal(address, redis.Address);
        Assert.Equal(":0", await redis.CallAsync("EXISTS a"));
    }

    [Fact]
    public async Task Paused_it_takes_a_connection_and_answers_when_it_is_resumed()
    {
        await redis.PauseAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(redis.EndPoint);
        await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
        // Another server answers before one that runs could be asked: only a stopped one is silent all that time.
        await using (var other = new RedisServer()) await other.InitializeAsync();
        Assert.Equal(0, client.Available);

        await redis.ResumeAsync();
        Assert.Equal("+PONG", await new StreamReader(client.GetStream()).ReadLineAsync());
    }

    [Fact]
    public async Task Flushed_it_is_empty()
    {
        Assert.Equal("+OK", await redis.CallAsync("SET b 1"));

        await redis.FlushAsync();

        Assert.Equal(":0", await redis.CallAsync("EXISTS b"));
    }
}
