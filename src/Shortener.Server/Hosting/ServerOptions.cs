using Shortener.Core.Destinations;
using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>What the process is and where it is reached.</summary>
public sealed class ServerOptions : ICheckedOptions
{
    /// <summary>The address that short links begin with.</summary>
    [Setting("What short links begin with, such as `https://sho.rt`. Empty: the address that the API was called by.")]
    public string PublicUrl { get; set; } = "";

    /// <summary>Proxies whose forwarding headers are believed.</summary>
    [Setting("Addresses or networks (CIDR) of the proxies whose `X-Forwarded-For` and `-Proto` are believed; others' are ignored, " +
        "since anybody can send them.")]
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    /// <summary>How long a stop may take.</summary>
    [Setting("How long a stop waits for requests under way.", Min = "00:00:00", Max = "00:10:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary><see cref="PublicUrl"/> without the slash at its end; null where it is empty.</summary>
    public string? PublicBase => PublicUrl.Length == 0 ? null : PublicUrl.TrimEnd('/');

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (PublicUrl.Length > 0 && (DestinationUrl.TryParse(PublicUrl, out var url) != DestinationError.None || url!.Href.AsSpan().IndexOfAny('?', '#') >= 0))
            yield return $"Shortener:Server:PublicUrl is '{PublicUrl}': write an http or https address, such as https://sho.rt.";
        foreach (var proxy in KnownProxies.Where(proxy => !System.Net.IPNetwork.TryParse(proxy, out _) && !System.Net.IPAddress.TryParse(proxy, out _)))
            yield return $"Shortener:Server:KnownProxies names '{proxy}': write addresses or networks, such as 10.0.0.0/8.";
    }
}
