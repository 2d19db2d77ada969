using System.Buffers;

namespace Shortener.Core.Links;

/// <summary>
/// What an alias may look like: 3 to 64 of <c>A-Z a-z 0-9 - _</c>, case-sensitive. Keys (6 to 11 Base62 characters) are
/// a subset, so a custom alias may well look like a key; the store's insert-if-absent keeps the two apart.
/// </summary>
public static class Alias
{
    /// <summary>The fewest characters of an alias.</summary>
    public const int MinLength = 3;

    /// <summary>The most characters of an alias.</summary>
    public const int MaxLength = 64;

    /// <summary>The characters of an alias as a regular expression (ECMA-262); the length is not in it.</summary>
    public const string Pattern = "^[0-9A-Za-z_-]*$";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");

    /// <summary>Whether <paramref name="text"/> has the length and the characters of an alias.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        text.Length is >= MinLength and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    /// <summary>
    /// Takes the alias out of a request path of the form <c>/alias</c>. False for every other path, so that nonsense is
    /// answered without a look-up.
    /// </summary>
    public static bool TryParsePath(ReadOnlySpan<char> path, out ReadOnlySpan<char> alias)
    {
        if (path.Length > 1 && path[0] == '/' && IsWellFormed(path[1..]))
        {
            alias = path[1..];
            return true;
        }

        alias = default;
        return false;
    }
}
