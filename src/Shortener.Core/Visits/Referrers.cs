using Shortener.Core.Destinations;

namespace Shortener.Core.Visits;

/// <summary>Where visits come from.</summary>
public static class Referrers
{
    /// <summary>The most characters of a host's name (RFC 1035, section 2.3.4, without the root's dot).</summary>
    public const int MaxLength = 253;

    private const string App = "android-app://";
    private const string Www = "www.";

    /// <summary>
    /// The host of a <c>Referer</c> (RFC 9110, section 10.1.3), read as browsers read URLs: lower case, in ASCII, without the
    /// port, and without a leading <c>www.</c>, because a site with and without is one to whoever counts. Apps on Android, which
    /// write <c>android-app://com.example.app/</c>, are known by their name.
    /// </summary>
    /// <param name="referrer">The header's value; any text.</param>
    /// <returns>
    /// At most <see cref="MaxLength"/> characters; empty for whatever is no http, https or android-app URL, or names a user.
    /// </returns>
    public static string HostOf(string referrer)
    {
        if (referrer.StartsWith(App, StringComparison.OrdinalIgnoreCase)) referrer = $"https://{referrer.AsSpan(App.Length)}";
        DestinationUrl.TryParse(referrer, out var url);
        var host = url?.Host.TrimEnd('.') ?? "";
        // Of www.com the first label is the site's own.
        if (host.StartsWith(Www, StringComparison.Ordinal) && host.IndexOf('.', Www.Length) >= 0) host = host[Www.Length..];
        return host.Length <= MaxLength ? host : "";
    }
}
