using System.Globalization;
using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>
/// The basic URL parser (WHATWG URL, section 4.4) for a text without a base URL and the schemes http and https. The standard's
/// states follow one another here as steps, because for these schemes none is entered twice.
/// </summary>
internal static class UrlParser
{
    public static DestinationError Parse(string input, out DestinationUrl? url)
    {
        url = null;
        var text = WithoutNoise(input);
        if (text.IsEmpty) return DestinationError.Empty;

        var error = ReadScheme(ref text, out var scheme);
        if (error != DestinationError.None) return error;

        // Any number of slashes, also none, leads to the authority ("special authority slashes" and "ignore slashes" states).
        text = text.TrimStart("/\\");
        var authority = TakeUntil(ref text, "/\\?#");
        error = ReadAuthority(authority, scheme!, out var host, out var port);
        if (error != DestinationError.None) return error;

        url = new DestinationUrl(Serialise(scheme!, host, port, text), scheme!.Name, host, port);
        return DestinationError.None;
    }

    /// <summary>Drops C0 controls and spaces at both ends, then tabs and line breaks anywhere, as people paste them.</summary>
    private static ReadOnlySpan<char> WithoutNoise(string input)
    {
        var start = 0;
        var end = input.Length;
        while (start < end && input[start] <= ' ') start++;
        while (end > start && input[end - 1] <= ' ') end--;

        var text = input.AsSpan(start, end - start);
        if (!text.ContainsAny('\t', '\n', '\r')) return text;

        // By code points: two halves of surrogate pairs with a line break between them must not become one character.
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is not ('\t' or '\n' or '\r')) kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    private static DestinationError ReadScheme(ref ReadOnlySpan<char> text, out WebScheme? scheme)
    {
        scheme = null;
        var colon = text.IndexOf(':');
        if (colon < 1 || !IsSchemeName(text[..colon])) return DestinationError.NotAbsolute;

        scheme = WebScheme.Named(text[..colon]);
        text = text[(colon + 1)..];
        return scheme is null ? DestinationError.SchemeNotAllowed : DestinationError.None;
    }

    private static bool IsSchemeName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        }

        return char.IsAsciiLetter(name[0]);
    }

    private static DestinationError ReadAuthority(
        ReadOnlySpan<char> authority, WebScheme scheme, out string host, out int port)
    {
        host = "";
        port = scheme.DefaultPort;

        // Whatever stands before the last @ is user-info. Empty user-info is not worth a refusal: serialising drops it.
        var at = authority.LastIndexOf('@');
        if (at >= 0 && authority[..at] is not ("" or ":")) return DestinationError.HasCredentials;

        var hostAndPort = authority[(at + 1)..];
        var colon = PortColon(hostAndPort);
        if (!HostParser.TryParse(colon < 0 ? hostAndPort : hostAndPort[..colon], out host)) return DestinationError.InvalidHost;

        return colon < 0 || TryReadPort(hostAndPort[(colon + 1)..], ref port)
            ? DestinationError.None
            : DestinationError.InvalidPort;
    }

    /// <summary>The first colon outside brackets: those inside belong to an IPv6 address.</summary>
    private static int PortColon(ReadOnlySpan<char> hostAndPort)
    {
        var insideBrackets = false;
        for (var i = 0; i < hostAndPort.Length; i++)
        {
            if (hostAndPort[i] == '[') insideBrackets = true;
            else if (hostAndPort[i] == ']') insideBrackets = false;
            else if (hostAndPort[i] == ':' && !insideBrackets) return i;
        }

        return -1;
    }

    /// <summary>Reads any number of decimal digits; with none the port stays the scheme's.</summary>
    private static bool TryReadPort(ReadOnlySpan<char> digits, ref int port)
    {
        if (digits.IsEmpty) return true;

        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            value = value * 10 + (digit - '0');
            if (value > ushort.MaxValue) return false;
        }

        port = value;
        return true;
    }

    private static string Serialise(WebScheme scheme, string host, int port, ReadOnlySpan<char> pathQueryFragment)
    {
        var path = TakeUntil(ref pathQueryFragment, "?#");
        var query = TakeUntil(ref pathQueryFragment, "#");
        var fragment = pathQueryFragment;

        var href = new StringBuilder(scheme.Name.Length + host.Length + path.Length + query.Length + fragment.Length + 16);
        href.Append(scheme.Name).Append("://").Append(host);
        if (port != scheme.DefaultPort) href.Append(CultureInfo.InvariantCulture, $":{port}");
        UrlPath.Append(href, path);

        // Query and fragment come with their mark. One that is empty keeps it: "/?" and "/" are two URLs.
        PercentEncoding.Append(href, query, PercentEncoding.QueryKept);
        if (fragment.IsEmpty) return href.ToString();

        href.Append('#');
        PercentEncoding.Append(href, fragment[1..], PercentEncoding.FragmentKept);
        return href.ToString();
    }

    private static ReadOnlySpan<char> TakeUntil(ref ReadOnlySpan<char> text, ReadOnlySpan<char> ends)
    {
        var end = text.IndexOfAny(ends);
        var taken = end < 0 ? text : text[..end];
        text = text[taken.Length..];
        return taken;
    }
}
