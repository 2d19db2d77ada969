using Shortener.Server.Settings;

namespace Shortener.Server.Redirect;

/// <summary>What is kept in memory.</summary>
public sealed class CacheOptions
{
    /// <summary>Links in memory.</summary>
    [Setting("Links kept in memory; about 430 bytes each with a destination of 100 characters.", Min = "100", Max = "10000000")]
    public int Entries { get; set; } = 100_000;

    /// <summary>Unknown aliases in memory.</summary>
    [Setting("Unknown aliases kept in memory, apart from the links so that a scanner evicts none.", Min = "100", Max = "1000000")]
    public int MissEntries { get; set; } = 10_000;

    /// <summary>How long a link is used.</summary>
    [Setting("How long a link in memory is used before the store is asked again, where only this process changes links. Changes made " +
        "through this process count at once.", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a link is used that others may change.</summary>
    [Setting("The same with Redis, for links and unknown aliases, where other processes change links as well: they tell of each change, and " +
        "where the message is lost, the change is seen after this time.", Min = "00:00:00.1000000", Max = "00:10:00")]
    public TimeSpan SharedLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an unknown alias is used.</summary>
    [Setting("How long an unknown alias is remembered.", Min = "00:00:01", Max = "01:00:00")]
    public TimeSpan MissLifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a link outlives its lifetime while the store is down.</summary>
    [Setting("How long past its lifetime a link is still followed while the store cannot answer.", Min = "00:00:00", Max = "1.00:00:00")]
    public TimeSpan StaleLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a look-up may take.</summary>
    [Setting("How long a look-up may take before the visitor gets 503.", Min = "00:00:00.1000000", Max = "00:00:30")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
