using Shortener.Server.Settings;

namespace Shortener.Server.RateLimits;

/// <summary>Who may ask how often. Limits count in windows of the clock, over all processes where there is a Redis.</summary>
public sealed class RateLimitOptions
{
    /// <summary>The length of a window.</summary>
    [Setting("The length of the windows that the limits below count in.", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>API calls a developer key.</summary>
    [Setting("API calls a window by one developer key; 12,000 a minute are the 200 a second that the service is sized for.", Min = "1", Max = "1000000000")]
    public int PerKey { get; set; } = 12_000;

    /// <summary>API calls a client network.</summary>
    [Setting("API calls a window from one client network: an IPv4 address or an IPv6 /64.", Min = "1", Max = "1000000000")]
    public int PerNetwork { get; set; } = 24_000;

    /// <summary>API calls in all.</summary>
    [Setting("API calls a window in all.", Min = "1", Max = "1000000000")]
    public int WholeApi { get; set; } = 120_000;

    /// <summary>The deadline of the shared count.</summary>
    [Setting("How long Redis may take to count a call before this process counts it by itself.", Min = "00:00:00.0050000", Max = "00:00:10")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Visits of unknown aliases a client network.</summary>
    [Setting("Visits of unknown aliases a window from one client network, counted by each process for itself; then its visits of links that are not in memory get 429. " +
        "People mistype; scanners guess.", Min = "1", Max = "1000000000")]
    public int UnknownAliases { get; set; } = 120;
}
