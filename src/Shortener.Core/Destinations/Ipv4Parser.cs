namespace Shortener.Core.Destinations;

/// <summary>The IPv4 parser (WHATWG URL, section 3.5): one to four decimal, octal or hexadecimal numbers.</summary>
internal static class Ipv4Parser
{
    private const int MaximumParts = 4;

    /// <summary>
    /// Whether a domain must be an IPv4 address, because its last label is a number ("ends in a number checker").
    /// </summary>
    public static bool EndsInNumber(ReadOnlySpan<char> domain)
    {
        domain = WithoutLastDot(domain);
        var last = domain[(domain.LastIndexOf('.') + 1)..];
        if (last.IsEmpty) return false;

        // "09" is all digits and yet no number: the octal digits end at 7. It is an address all the same, an invalid one.
        return !last.ContainsAnyExceptInRange('0', '9') || TryParseNumber(last, out _);
    }

    public static bool TryParse(ReadOnlySpan<char> domain, out string host)
    {
        host = "";
        domain = WithoutLastDot(domain);
        var parts = domain.Count('.') + 1;
        if (parts > MaximumParts) return false;

        uint address = 0;
        var part = 0;
        foreach (var range in domain.Split('.'))
        {
            if (!TryParseNumber(domain[range], out var number)) return false;

            // The last number fills all the bytes that those before it leave over: "127.1" is 127.0.0.1.
            part++;
            var bytes = part == parts ? MaximumParts + 1 - parts : 1;
            if (number >= 1UL << (8 * bytes)) return false;
            address |= (uint)number << (8 * (part == parts ? 0 : MaximumParts - part));
        }

        host = $"{address >> 24}.{(address >> 16) & 0xFF}.{(address >> 8) & 0xFF}.{address & 0xFF}";
        return true;
    }

    private static ReadOnlySpan<char> WithoutLastDot(ReadOnlySpan<char> domain) => domain.EndsWith('.') ? domain[..^1] : domain;

    /// <summary>Reads a number of any length; one beyond 32 bits stays at a value that is too large for every part.</summary>
    private static bool TryParseNumber(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        if (text.IsEmpty) return false;

        var radix = TakeRadix(ref text);
        foreach (var c in text)
        {
            var digit = char.IsAsciiHexDigit(c) ? (uint)HexDigit.ValueOf(c) : radix;
            if (digit >= radix) return false;
            number = Math.Min(number * radix + digit, 1UL << 32);
        }

        return true;
    }

    /// <summary>Takes the prefix of a hexadecimal or octal number away. "0x" alone is a number, too: zero.</summary>
    private static uint TakeRadix(ref ReadOnlySpan<char> text)
    {
        var (radix, prefix) = (10u, 0);
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) (radix, prefix) = (16, 2);
        else if (text.Length > 1 && text[0] == '0') (radix, prefix) = (8, 1);

        text = text[prefix..];
        return radix;
    }
}
