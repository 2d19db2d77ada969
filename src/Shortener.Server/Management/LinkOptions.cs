using Shortener.Core.Destinations;
using Shortener.Core.Links;
using Shortener.Server.Settings;

namespace Shortener.Server.Management;

/// <summary>What a link may be.</summary>
public sealed class LinkOptions : ICheckedOptions
{
    /// <summary>How long a link lives by default.</summary>
    [Setting("How long a link lives where its maker says nothing.", Min = "00:01:00", Max = "36500.00:00:00")]
    public TimeSpan DefaultLifetime { get; set; } = TimeSpan.FromDays(730);

    /// <summary>The longest life without the scope manage.</summary>
    [Setting("The longest that a key without the scope `manage` may ask for; with it, a link may also never expire.",
        Min = "00:01:00", Max = "36500.00:00:00")]
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(3650);

    /// <summary>The status of redirects by default.</summary>
    [Setting("The status of a redirect where the link's maker says nothing: 301, 302, 307 or 308. With 302 every visit is seen.")]
    public int DefaultRedirectStatus { get; set; } = 302;

    /// <summary>Characters of a destination.</summary>
    [Setting("The most characters of a destination, written in ASCII; some browsers and proxies stop at 2,048.", Min = "100", Max = "8000")]
    public int MaxUrlLength { get; set; } = 2_048;

    /// <summary>Refused hosts.</summary>
    [Setting("Hosts that no link may lead to, with their subdomains, comma-separated.")]
    public IReadOnlyList<string> BlockedHosts { get; set; } = [];

    /// <summary>Further hosts of the service.</summary>
    [Setting("Further hosts (`sho.rt`, `go.example:8080`) that this service is reached by; no link may lead to them, or it could " +
        "go in circles. PublicUrl and the addresses listened on count anyway.")]
    public IReadOnlyList<string> OwnHosts { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (!LinkRules.RedirectStatuses.Contains(DefaultRedirectStatus))
            yield return $"Shortener:Links:DefaultRedirectStatus is {DefaultRedirectStatus}: write 301, 302, 307 or 308.";
        if (DefaultLifetime > MaxLifetime)
            yield return $"Shortener:Links:DefaultLifetime is more than MaxLifetime, which is {MaxLifetime}: write less.";
        foreach (var host in BlockedHosts.Concat(OwnHosts).Where(host => DestinationUrl.TryParse($"http://{host}", out _) != DestinationError.None))
            yield return $"Shortener:Links:BlockedHosts or OwnHosts names '{host}': write a host, such as spam.example.";
    }
}
