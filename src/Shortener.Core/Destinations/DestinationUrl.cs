namespace Shortener.Core.Destinations;

/// <summary>
/// Where a link leads: an absolute http or https URL, read as browsers read it (WHATWG URL) and kept in its serialised form.
/// </summary>
/// <remarks>
/// <para>
/// It takes what the standard's basic URL parser takes for these two schemes, and is stricter in these points only: user names
/// and passwords are refused; so is a quotation mark in the host; so is a domain label that is not plain ASCII and is longer
/// than 63 characters once encoded, begins or ends with a hyphen, or has nothing left once mapped.
/// </para>
/// <para>
/// International domains are mapped by ICU. A process without it (<c>InvariantGlobalization</c>) refuses them, encoded or not,
/// because it could neither map nor check them.
/// </para>
/// </remarks>
public sealed class DestinationUrl
{
    internal DestinationUrl(string href, string scheme, string host, int port)
    {
        Href = href;
        Scheme = scheme;
        Host = host;
        Port = port;
    }

    /// <summary>The URL as the standard writes it, in printable ASCII (WHATWG URL, section 4.5).</summary>
    public string Href { get; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; }

    /// <summary>
    /// The host as the standard writes it (WHATWG URL, section 3.6): a lower-case ASCII domain, an IPv4 address in four decimal
    /// parts, or an IPv6 address in brackets.
    /// </summary>
    public string Host { get; }

    /// <summary>The port, also where it is the scheme's own (80, 443) and <see cref="Href"/> leaves it out.</summary>
    public int Port { get; }

    /// <summary>The path as it is written in <see cref="Href"/>, from its first slash on.</summary>
    public string Path
    {
        get
        {
            var path = Href[Href.IndexOf('/', Scheme.Length + "://".Length)..];
            return path.IndexOfAny(['?', '#']) is >= 0 and var end ? path[..end] : path;
        }
    }

    /// <summary>
    /// Reads a text as the standard's basic URL parser does without a base URL (WHATWG URL, section 4.4). Reading the
    /// <see cref="Href"/> of the result gives the same again.
    /// </summary>
    /// <param name="input">Any text; half a surrogate pair counts as U+FFFD.</param>
    /// <param name="url">The URL, or null if there is an error.</param>
    /// <returns><see cref="DestinationError.None"/>, or the first thing that is wrong.</returns>
    public static DestinationError TryParse(string input, out DestinationUrl? url)
    {
        if (SerialisedForm.TryReuse(input, out url)) return DestinationError.None;
        return UrlParser.Parse(input, out url);
    }

    /// <summary>The <see cref="Href"/>.</summary>
    public override string ToString() => Href;
}
