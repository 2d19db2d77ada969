using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Shortener.Core.Keys;

/// <summary>
/// The key numbers 0, 1, 2, ... of one alias length under one secret. Of the spaces of one length only one is active; the
/// others are closed: their <see cref="Next"/> never changes again unless they are made active once more.
/// </summary>
/// <param name="Id">Names length and secret without giving the secret away.</param>
/// <param name="Length">Characters of each key, 6 to 11.</param>
/// <param name="Secret">The 32-byte AES key of the space's permutation.</param>
/// <param name="Next">The lowest number never leased: every key issued so far has a lower number.</param>
public sealed partial record KeySpace(string Id, int Length, byte[] Secret, long Next)
{
    /// <summary>The shortest keys allowed: FF1 wants a million of them, and fewer characters can be guessed.</summary>
    public const int MinLength = 6;

    /// <summary>The longest keys allowed.</summary>
    public const int MaxLength = 11;

    /// <summary>How many numbers a space of <paramref name="length"/> has; length 11 is cut at 2^63 - 1.</summary>
    public static long CapacityOf(int length) => (long)UInt128.Min(Base62.Count(length), long.MaxValue);

    /// <summary>The length that a space's id names.</summary>
    public static int LengthOf(string id) => int.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>Whether a text has the form of a space's id.</summary>
    public static bool IsId(string text) => IdForm().IsMatch(text);

    /// <summary>A space, none of whose numbers is leased, under the AES key derived from <paramref name="secret"/>.</summary>
    public static KeySpace Create(int length, ReadOnlySpan<byte> secret)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], info: "shortener key permutation"u8);
        var id = SHA256.HashData([.. Encoding.ASCII.GetBytes($"shortener key space {length} "), .. key]);
        return new KeySpace($"{length}-{Convert.ToHexStringLower(id.AsSpan(0, 8))}", length, key, Next: 0);
    }

    [GeneratedRegex(@"^([6-9]|1[01])-[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
