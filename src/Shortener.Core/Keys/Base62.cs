namespace Shortener.Core.Keys;

/// <summary>Digits of radix 62 as characters: <c>0-9</c>, <c>A-Z</c>, <c>a-z</c>, in this order.</summary>
public static class Base62
{
    /// <summary>The radix.</summary>
    public const int Radix = 62;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>How many strings of <paramref name="length"/> digits there are.</summary>
    public static UInt128 Count(int length)
    {
        UInt128 count = 1;
        for (var i = 0; i < length; i++) count *= Radix;
        return count;
    }

    /// <summary>Writes <paramref name="value"/> as exactly <c>digits.Length</c> digits, the most significant first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more digits than that.</exception>
    public static void WriteDigits(UInt128 value, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (value, var digit) = UInt128.DivRem(value, Radix);
            digits[i] = (byte)digit;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(value, UInt128.Zero);
    }

    /// <summary>The number that <paramref name="digits"/> stand for, the most significant first.</summary>
    public static UInt128 ReadDigits(ReadOnlySpan<byte> digits)
    {
        UInt128 value = 0;
        foreach (var digit in digits) value = value * Radix + digit;
        return value;
    }

    /// <summary>The text of <paramref name="digits"/>, a character each.</summary>
    public static string ToText(ReadOnlySpan<byte> digits) =>
        string.Create(digits.Length, digits, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = Alphabet[source[i]];
        });

    /// <summary>Reads the digits of <paramref name="text"/>; false where a character is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> digits)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var digit = text[i] switch
            {
                >= '0' and <= '9' => text[i] - '0',
                >= 'A' and <= 'Z' => text[i] - 'A' + 10,
                >= 'a' and <= 'z' => text[i] - 'a' + 36,
                _ => -1,
            };
            if (digit < 0) return false;
            digits[i] = (byte)digit;
        }

        return true;
    }
}
