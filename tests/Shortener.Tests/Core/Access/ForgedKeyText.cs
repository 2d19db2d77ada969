using Shortener.Core.Access;

namespace Shortener.Tests.Core.Access;

/// <summary>Texts that carry a right checksum, as anybody can make who knows the format.</summary>
internal static class ForgedKeyText
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A key of that id with a made-up secret.</summary>
    public static string Of(string id) => WithChecksum($"shrt_{id}_{new string('0', 43)}");

    /// <summary><paramref name="text"/> and its checksum.</summary>
    public static string WithChecksum(string text) =>
        text + string.Concat(DeveloperKeyText.Hash(text).Take(6).Select(digit => Alphabet[digit % Alphabet.Length]));
}
