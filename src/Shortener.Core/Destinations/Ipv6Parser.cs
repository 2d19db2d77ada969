namespace Shortener.Core.Destinations;

/// <summary>The IPv6 parser (WHATWG URL, section 3.5), for the text between the brackets.</summary>
internal static class Ipv6Parser
{
    public const int PieceCount = 8;
    private const int NotCompressed = -1;

    /// <summary>Fills the eight pieces, which must be zero at first.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, Span<ushort> pieces)
    {
        var count = 0;
        var compressAt = NotCompressed;
        if (text.StartsWith(':'))
        {
            if (!text.StartsWith("::")) return false;
            text = text[2..];
            compressAt = ++count;
        }

        while (!text.IsEmpty)
        {
            if (count == PieceCount) return false;

            if (text[0] == ':')
            {
                if (compressAt != NotCompressed) return false;
                text = text[1..];
                compressAt = ++count;
                continue;
            }

            var rest = text;
            pieces[count] = ReadPiece(ref rest);
            if (rest.StartsWith('.'))
            {
                // An IPv4 address is written in the last two pieces, from its own first digit on.
                if (count > PieceCount - 2 || !TryReadIpv4(text, pieces.Slice(count, 2))) return false;
                count += 2;
                break;
            }

            count++;
            if (!rest.IsEmpty && (rest[0] != ':' || rest.Length == 1)) return false;
            text = rest.IsEmpty ? rest : rest[1..];
        }

        if (compressAt == NotCompressed) return count == PieceCount;
        Expand(pieces, compressAt, count);
        return true;
    }

    /// <summary>Up to four hexadecimal digits; whatever follows them is for the caller to judge.</summary>
    private static ushort ReadPiece(ref ReadOnlySpan<char> text)
    {
        var value = 0;
        var length = 0;
        for (; length < 4 && length < text.Length && char.IsAsciiHexDigit(text[length]); length++)
            value = value * 16 + HexDigit.ValueOf(text[length]);

        text = text[length..];
        return (ushort)value;
    }

    /// <summary>
    /// Exactly four decimal numbers without leading zeros: the short forms of <see cref="Ipv4Parser"/> do not count.
    /// </summary>
    private static bool TryReadIpv4(ReadOnlySpan<char> text, Span<ushort> pieces)
    {
        pieces.Clear();
        var part = 0;
        foreach (var range in text.Split('.'))
        {
            var digits = text[range];
            if (part == 4 || digits.Length is 0 or > 3 || digits.ContainsAnyExceptInRange('0', '9')) return false;
            if (digits.Length > 1 && digits[0] == '0') return false;

            var value = 0;
            foreach (var digit in digits) value = value * 10 + (digit - '0');
            if (value > byte.MaxValue) return false;

            pieces[part / 2] = (ushort)(pieces[part / 2] << 8 | value);
            part++;
        }

        return part == 4;
    }

    /// <summary>
    /// Moves the pieces behind "::" to the end. It has been counted as one piece, the fewest that it may stand for.
    /// </summary>
    private static void Expand(Span<ushort> pieces, int compressAt, int count)
    {
        var behind = count - compressAt;
        pieces.Slice(compressAt, behind).CopyTo(pieces[^behind..]);
        pieces[compressAt..^behind].Clear();
    }
}
