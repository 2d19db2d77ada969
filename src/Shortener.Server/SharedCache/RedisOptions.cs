using Shortener.Server.Settings;
using Shortener.Storage.Redis;

namespace Shortener.Server.SharedCache;

/// <summary>The cache that processes share.</summary>
public sealed class RedisOptions : ICheckedOptions
{
    /// <summary>Where Redis is.</summary>
    [Setting("Where Redis is, as StackExchange.Redis writes it: `host:6379,password=...,ssl=true`; several hosts for a cluster; Sentinels with " +
        "`serviceName=`. Empty: there is none.", IsSecret = true)]
    public string Connection { get; set; } = "";

    /// <summary>What keys begin with.</summary>
    [Setting("What every key and channel begins with, so that several deployments can share a Redis.")]
    public string Prefix { get; set; } = "shortener:";

    /// <summary>How long a link is kept.</summary>
    [Setting("How long a link is kept in Redis, give or take a tenth. Bounds how long an old state is followed where a change could not be " +
        "written to Redis, as when a process is killed in between.", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an unknown alias is kept.</summary>
    [Setting("The same for an unknown alias.", Min = "00:00:01", Max = "01:00:00")]
    public TimeSpan UnknownLifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The deadline of look-ups.</summary>
    [Setting("How long Redis may take to answer a look-up before the store is asked.", Min = "00:00:00.0050000", Max = "00:00:10")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The deadline of changes.</summary>
    [Setting("How long Redis may take to take a change before the change is answered without it, and tried again.",
        Min = "00:00:00.0050000", Max = "00:00:10")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The deadline of a try to connect.</summary>
    [Setting("How long one try to connect may take; there is one each second while Redis is down.", Min = "00:00:00.1000000", Max = "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Failures until Redis is taken for down.</summary>
    [Setting("So many failed calls within BreakerWindow, if they are a fifth of all, and Redis is not asked until a new connection answers.",
        Min = "2", Max = "1000")]
    public int BreakerFailures { get; set; } = 5;

    /// <summary>The time in which failures are counted.</summary>
    [Setting("The time in which failed calls are counted.", Min = "00:00:00.5000000", Max = "00:01:00")]
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Look-ups in the store.</summary>
    [Setting("The most look-ups in the store at once; further visits of links that are not in memory get 503. At 10,000 a second 500 are enough " +
        "for a store that takes 50 ms.", Min = "1", Max = "100000")]
    public int MaxStoreLookups { get; set; } = 500;

    /// <summary>Changes that wait for Redis.</summary>
    [Setting("The most changes kept in memory until Redis takes them, about 500 bytes each; at 200 changes a second 10,000 last 50 seconds. An " +
        "old state of a change beyond that stays in Redis for its Lifetime.", Min = "100", Max = "1000000")]
    public int MaxPendingChanges { get; set; } = 10_000;

    /// <summary>Whether there is a Redis.</summary>
    public bool IsUsed => Connection.Length > 0;

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        // The string may hold a password, and so may the library's message about it.
        if (IsUsed && RedisConnection.ErrorIn(Connection) is not null)
            yield return "Shortener:Redis:Connection cannot be read: write host:port, with options after commas, such as redis:6379,ssl=true.";
        if (Prefix.AsSpan().ContainsAny('{', '}'))
            yield return $"Shortener:Redis:Prefix is '{Prefix}': leave out braces, by which a cluster would keep all keys on one node.";
    }
}
