namespace Shortener.Tests.Servers;

/// <summary>How a Redis can be away.</summary>
public enum RedisOutage
{
    /// <summary>kill -9: connections are refused.</summary>
    Killed,

    /// <summary>SIGSTOP: connections are accepted, and nothing answers.</summary>
    Paused,

    /// <summary>Nothing comes through, and what was sent is lost.</summary>
    Blackholed,
}

/// <summary>Begins and ends the outages of a Redis that is reached through a proxy.</summary>
internal static class RedisOutages
{
    public static async Task BeginAsync(this RedisOutage outage, RedisServer server, TcpProxy proxy)
    {
        if (outage == RedisOutage.Killed) await server.KillAsync();
        else if (outage == RedisOutage.Paused) await server.PauseAsync();
        else proxy.Mode = ProxyMode.Blackhole;
    }

    public static async Task EndAsync(this RedisOutage outage, RedisServer server, TcpProxy proxy)
    {
        if (outage == RedisOutage.Killed) await server.RestartAsync();
        else if (outage == RedisOutage.Paused) await server.ResumeAsync();
        else proxy.Mode = ProxyMode.Pass;
    }
}
