using System.Net;
using StackExchange.Redis;

namespace Shortener.Storage.Redis;

/// <summary>Makes connections, each by itself: nothing of an earlier one is used again.</summary>
internal sealed class RedisConnector(RedisSettings settings)
{
    /// <summary>Shorter than most firewalls' patience with an idle connection, and soon enough to notice a dead one.</summary>
    private const int KeepAliveSeconds = 10;

    /// <summary>Connects, and to the master of today where Sentinels are named.</summary>
    /// <exception cref="IOException">No Sentinel knows the master.</exception>
    public async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var options = Options();
        if (!string.IsNullOrEmpty(options.ServiceName))
        {
            var master = await AskSentinelsAsync(options);
            options.EndPoints.Clear();
            options.EndPoints.Add(master);
            options.ServiceName = null;
        }

        var connection = await ConnectionMultiplexer.ConnectAsync(options);
        // Version 1 completes calls one after the other on one thread unless told otherwise; version 2 ignores this.
#pragma warning disable CS0618
        connection.PreserveAsyncOrder = false;
#pragma warning restore CS0618
        return connection;
    }

    /// <summary>What is wrong with a connection string; null: nothing.</summary>
    public static string? ErrorIn(string connection)
    {
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count > 0 ? null : "names no server";
        }
        catch (ArgumentException failure)
        {
            return failure.Message;
        }
    }

    private ConfigurationOptions Options()
    {
        var options = ConfigurationOptions.Parse(settings.Connection);
        // A try that fails leaves nothing behind; the next one is this project's business.
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)settings.ConnectTimeout.TotalMilliseconds;
        if (options.KeepAlive <= 0) options.KeepAlive = KeepAliveSeconds;
        return options;
    }

    /// <summary>The first Sentinel that knows is believed: https://redis.io/docs/latest/develop/reference/sentinel-clients/.</summary>
    private static async Task<EndPoint> AskSentinelsAsync(ConfigurationOptions data)
    {
        var options = data.Clone();
        options.ServiceName = null;
        options.CommandMap = CommandMap.Sentinel;
        // Sentinels have neither keys nor a master to elect.
        options.TieBreaker = "";
        options.ConfigurationChannel = "";
        options.Password = null;
        using var sentinels = await ConnectionMultiplexer.ConnectAsync(options);
        Exception? last = null;
        foreach (var endPoint in sentinels.GetEndPoints())
        {
            var sentinel = sentinels.GetServer(endPoint);
            if (!sentinel.IsConnected) continue;
            try
            {
                if (await sentinel.SentinelGetMasterAddressByNameAsync(data.ServiceName) is { } master) return master;
            }
            catch (Exception failure) when (RedisErrors.IsExpected(failure))
            {
                last = failure;
            }
        }

        throw new IOException($"No Sentinel that can be reached knows a master '{data.ServiceName}'.", last);
    }
}
