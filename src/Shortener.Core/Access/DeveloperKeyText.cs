using System.Security.Cryptography;
using System.Text;

namespace Shortener.Core.Access;

/// <summary>
/// The text of a developer key: <c>shrt_</c>, its public id, <c>_</c>, 256 random bits and a checksum, all Base62. The fixed
/// prefix and the checksum let scanners find leaked keys, and typing errors be told, without a look-up.
/// </summary>
public static class DeveloperKeyText
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "shrt_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;

    /// <summary>43 digits of 62 are 256 bits.</summary>
    private const int SecretLength = 43;

    private const int ChecksumLength = 6;
    private const int Length = 5 + IdLength + 1 + SecretLength + ChecksumLength;

    /// <summary>A new key's id and text.</summary>
    public static (string Id, string Text) Generate()
    {
        var id = RandomNumberGenerator.GetString(Alphabet, IdLength);
        var text = $"{Prefix}{id}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return (id, text + Checksum(text));
    }

    /// <summary>The id within a key's text; false where the text is no key: wrong shape or checksum.</summary>
    public static bool TryParseId(string text, out string id)
    {
        id = "";
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (text[Prefix.Length + IdLength] != '_' || Checksum(text[..^ChecksumLength]) != text[^ChecksumLength..]) return false;
        id = text.Substring(Prefix.Length, IdLength);
        return true;
    }

    /// <summary>What is stored in the text's place. The text has 256 random bits, so a slow hash would add nothing.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string Checksum(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return string.Create(ChecksumLength, hash, static (checksum, bytes) =>
        {
            for (var i = 0; i < checksum.Length; i++) checksum[i] = Alphabet[bytes[i] % Alphabet.Length];
        });
    }
}
