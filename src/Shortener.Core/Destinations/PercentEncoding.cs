using System.Buffers;
using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>
/// Percent-encoding (WHATWG URL, section 1.3). A per cent sign itself is kept, so that encoding twice changes nothing.
/// </summary>
internal static class PercentEncoding
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>
    /// What is not in the path percent-encode set. It has had the caret since March 2025; older browsers keep that.
    /// </summary>
    public static readonly SearchValues<char> PathKept = AllPrintableBut("\"#<>?^`{}");

    /// <summary>What is not in the special-query percent-encode set.</summary>
    public static readonly SearchValues<char> QueryKept = AllPrintableBut("\"#<>'");

    /// <summary>What is not in the fragment percent-encode set.</summary>
    public static readonly SearchValues<char> FragmentKept = AllPrintableBut("\"<>`");

    /// <summary>The printable ASCII characters but the space and those given; every set encodes all others.</summary>
    public static SearchValues<char> AllPrintableBut(string encoded) =>
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Except(encoded)]);

    /// <summary>Appends a text with every character that is not kept as its UTF-8 bytes, percent-encoded.</summary>
    public static void Append(StringBuilder target, ReadOnlySpan<char> text, SearchValues<char> kept)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAnyExcept(kept);
            if (run < 0)
            {
                target.Append(text);
                return;
            }

            target.Append(text[..run]);
            text = text[run..];

            // Half a surrogate pair decodes to U+FFFD, which is what the standard's UTF-8 encoder makes of it.
            _ = Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                target.Append('%').Append(HexDigits[octet >> 4]).Append(HexDigits[octet & 0xF]);

            text = text[consumed..];
        }
    }

    /// <summary>
    /// The UTF-8 text that is left when every percent-encoded byte is decoded; what is no UTF-8 becomes U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var source = bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes));
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            // Decoding in place is safe: it never writes beyond what it has read.
            if (!IsEncodedByte(source[i..]))
            {
                bytes[length++] = source[i];
                continue;
            }

            bytes[length++] = (byte)(HexDigit.ValueOf((char)source[i + 1]) << 4 | HexDigit.ValueOf((char)source[i + 2]));
            i += 2;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsEncodedByte(ReadOnlySpan<byte> utf8) =>
        utf8.Length > 2 && utf8[0] == '%' && char.IsAsciiHexDigit((char)utf8[1]) && char.IsAsciiHexDigit((char)utf8[2]);
}
