using Shortener.Core.Destinations;
using Shortener.Server.Hosting;
using Shortener.Server.Settings;

namespace Shortener.Server.Redirect;

/// <summary>How visits are answered.</summary>
public sealed class RedirectOptions : ICheckedOptions
{
    /// <summary>The status for an expired link.</summary>
    [Setting("The answer to a visit of an expired link: 410 says that it was there, 404 does not.")]
    public int ExpiredStatus { get; set; } = 410;

    /// <summary>Where unknown aliases lead.</summary>
    [Setting("Where visits of unknown aliases, and of `/`, are sent, outside this service; empty: a page that says 404.")]
    public string DefaultUrl { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (ExpiredStatus is not (404 or 410))
            yield return $"Shortener:Redirect:ExpiredStatus is {ExpiredStatus}: write 404 or 410.";
        if (DefaultUrl.Length > 0 && DestinationUrl.TryParse(DefaultUrl, out _) != DestinationError.None)
            yield return $"Shortener:Redirect:DefaultUrl is '{DefaultUrl}': write an http or https address.";
    }

    /// <summary>
    /// Refuses a default page on the service itself: every path there, but for the API's documentation, may be an unknown alias.
    /// </summary>
    /// <exception cref="SettingsException">Visits of unknown aliases would go in circles.</exception>
    public void RefuseCircles(OwnAddresses own)
    {
        if (DestinationUrl.TryParse(DefaultUrl, out var url) != DestinationError.None || !own.Contain(url!)) return;
        if (url!.Path.EndsWith("/docs/index.html", StringComparison.Ordinal)) return;
        throw new SettingsException([
            $"Shortener:Redirect:DefaultUrl is '{DefaultUrl}', which leads back to this service and so in circles: " +
            "write an address elsewhere, or leave it empty for a page that says 404."]);
    }
}
