using System.Buffers;

namespace Shortener.Core.Destinations;

/// <summary>
/// The host parser (WHATWG URL, section 3.5) for special schemes, together with the host serialiser (section 3.6).
/// </summary>
internal static class HostParser
{
    /// <summary>
    /// The forbidden domain code points (WHATWG URL, section 3.2), and the quotation mark: the host is the one part of a URL that
    /// could keep it, and no such name exists, so that a serialised URL is safe within quotation marks.
    /// </summary>
    private static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), .. " \"#/:<>?@[\\]^|%\u007F"]);

    public static bool TryParse(ReadOnlySpan<char> input, out string host)
    {
        host = "";
        if (input.StartsWith('[')) return TryParseIpv6(input, out host);

        var domain = NeedsDecoding(input) ? PercentEncoding.Decode(input) : input.ToString();
        if (!DomainToAscii.TryConvert(domain, out var ascii)) return false;
        if (ascii.Length == 0 || ascii.AsSpan().ContainsAny(Forbidden)) return false;

        if (Ipv4Parser.EndsInNumber(ascii)) return Ipv4Parser.TryParse(ascii, out host);

        host = ascii;
        return true;
    }

    private static bool TryParseIpv6(ReadOnlySpan<char> input, out string host)
    {
        host = "";
        if (!input.EndsWith(']')) return false;

        Span<ushort> pieces = stackalloc ushort[Ipv6Parser.PieceCount];
        pieces.Clear();
        if (!Ipv6Parser.TryParse(input[1..^1], pieces)) return false;

        host = Ipv6Serialiser.Serialise(pieces);
        return true;
    }

    /// <summary>
    /// Percent signs need decoding; so does half a surrogate pair, which passes through UTF-8 and becomes U+FFFD.
    /// </summary>
    private static bool NeedsDecoding(ReadOnlySpan<char> input) =>
        input.Contains('%') || input.ContainsAnyInRange('\uD800', '\uDFFF');
}
