using System.Collections.Frozen;

namespace Shortener.Core.Links;

/// <summary>
/// Words that can be no alias, in any case of letters: the first segments of the service's own paths, and names that people
/// take for the operator's. A test holds the list to the routes that are mapped.
/// </summary>
public static class ReservedAliases
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "about", "account", "admin", "api", "app", "assets", "auth", "dashboard", "docs", "favicon", "health", "help",
        "internal", "login", "logout", "metrics", "openapi", "privacy", "robots", "security", "settings", "signup", "sitemap",
        "static", "stats", "status", "support", "terms", "well-known", "www",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every reserved word, in lower case.</summary>
    public static IEnumerable<string> All => Words;

    /// <summary>Whether <paramref name="alias"/> is reserved, whatever the case of its letters.</summary>
    public static bool Contains(ReadOnlySpan<char> alias) => BySpan.Contains(alias);
}
