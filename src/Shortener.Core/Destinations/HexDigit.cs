namespace Shortener.Core.Destinations;

/// <summary>Hexadecimal digits, as percent-encoding and both kinds of IP address are written in.</summary>
internal static class HexDigit
{
    /// <summary>The value of a character that is known to be a hexadecimal digit.</summary>
    public static int ValueOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
