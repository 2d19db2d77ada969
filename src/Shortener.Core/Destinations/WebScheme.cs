namespace Shortener.Core.Destinations;

/// <summary>A scheme that a destination may have, with its default port (WHATWG URL, section 4.2, "special scheme").</summary>
internal sealed record WebScheme(string Name, int DefaultPort)
{
    private static readonly WebScheme Http = new("http", 80);
    private static readonly WebScheme Https = new("https", 443);

    /// <summary>The scheme of that name, in any case of letters.</summary>
    public static WebScheme? Named(ReadOnlySpan<char> name)
    {
        if (name.Equals(Https.Name, StringComparison.OrdinalIgnoreCase)) return Https;
        return name.Equals(Http.Name, StringComparison.OrdinalIgnoreCase) ? Http : null;
    }

    /// <summary>The scheme with which a text begins in exactly the serialised form, such as <c>https://</c>.</summary>
    public static WebScheme? StartOf(ReadOnlySpan<char> url)
    {
        if (url.StartsWith("https://", StringComparison.Ordinal)) return Https;
        return url.StartsWith("http://", StringComparison.Ordinal) ? Http : null;
    }
}
