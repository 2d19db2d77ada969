using System.Collections.Frozen;

namespace Shortener.Core.Destinations;

/// <summary>A host and port that the service itself is reached by.</summary>
public readonly record struct OwnOrigin(string Host, int Port)
{
    /// <summary>
    /// Whether <paramref name="url"/> leads there. http and https on their default ports count as one origin: one usually
    /// redirects to the other.
    /// </summary>
    public bool IsOf(DestinationUrl url) =>
        Host == url.Host.TrimEnd('.') && (Port == url.Port || (Port is 80 or 443 && url.Port is 80 or 443));
}

/// <summary>
/// Which destinations are accepted: what the WHATWG URL standard accepts, http and https only, no user-info, not the
/// service itself (a link to a link can go in circles), no blocked host or subdomain of one.
/// </summary>
/// <param name="maxLength">The most characters of the serialised URL.</param>
/// <param name="ownOrigins">Where the service itself is reached.</param>
/// <param name="blockedHosts">Hosts refused together with all their subdomains; lower-case ASCII.</param>
public sealed class DestinationPolicy(int maxLength, IEnumerable<OwnOrigin> ownOrigins, IEnumerable<string> blockedHosts)
{
    private readonly FrozenSet<string> _blocked = blockedHosts.ToFrozenSet(StringComparer.Ordinal);
    private readonly OwnOrigin[] _own = [.. ownOrigins];

    /// <summary>Null where <paramref name="url"/> is accepted, else what is wrong with it, in a sentence.</summary>
    /// <param name="url">The destination as given.</param>
    /// <param name="href">What to store: the WHATWG serialisation; empty where the URL cannot be parsed.</param>
    public string? Check(string url, out string href)
    {
        var error = DestinationUrl.TryParse(url, out var parsed);
        href = parsed?.Href ?? "";
        return error switch
        {
            DestinationError.Empty => "Give the URL that the link leads to.",
            DestinationError.NotAbsolute => "Give an absolute URL, beginning with http:// or https://.",
            DestinationError.SchemeNotAllowed => "Only http and https are allowed.",
            DestinationError.HasCredentials => "A user name or password in a URL is not allowed.",
            DestinationError.InvalidHost => "The host is not valid.",
            DestinationError.InvalidPort => "The port is not valid.",
            DestinationError.None when href.Length > maxLength =>
                $"At most {maxLength} characters, counted when written in ASCII; these are {href.Length}.",
            DestinationError.None when Array.Exists(_own, own => own.IsOf(parsed!)) =>
                "A link cannot lead to this service itself.",
            DestinationError.None when IsBlocked(parsed!.Host) => $"Links to {parsed.Host} are not allowed here.",
            _ => null,
        };
    }

    private bool IsBlocked(string host)
    {
        host = host.TrimEnd('.');
        for (var dot = -1; ; dot = host.IndexOf('.', dot + 1))
        {
            if (_blocked.Contains(host[(dot + 1)..])) return true;
            if (host.IndexOf('.', dot + 1) < 0) return false;
        }
    }
}
