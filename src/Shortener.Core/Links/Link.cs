namespace Shortener.Core.Links;

/// <summary>What becomes of a visit to a link.</summary>
public enum LinkState
{
    /// <summary>Followed.</summary>
    Active,

    /// <summary>Its time is over: no longer followed, still readable and extendable by its owner.</summary>
    Expired,

    /// <summary>Switched off by its owner until it is switched on again.</summary>
    Disabled,
}

/// <summary>One short link as the store keeps it. Times are UTC, whole milliseconds.</summary>
public sealed record Link
{
    /// <summary>The path under which it is followed; see <see cref="Links.Alias"/>.</summary>
    public required string Alias { get; init; }

    /// <summary>Who may see and change it.</summary>
    public required string Owner { get; init; }

    /// <summary>The destination in its WHATWG serialisation, ASCII: sent as <c>Location</c> byte for byte.</summary>
    public required string Url { get; init; }

    /// <summary>True where a person chose the alias; such an alias is never given to another owner.</summary>
    public required bool IsCustom { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>From when on it is not followed; null: never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A name for people; null: none.</summary>
    public string? Title { get; init; }

    /// <summary>Labels for listing, in the order given, each once.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The status a visit is answered with: 301, 302, 307 or 308.</summary>
    public required int RedirectStatus { get; init; }

    /// <summary>True while its owner has it switched off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>
    /// 1 at first, one more with each write, also over delete and re-creation: two states of one alias never share a
    /// version. Served as the ETag.
    /// </summary>
    public long Version { get; init; } = 1;

    /// <summary>1 at first, one more each time the alias is made anew, so that nothing of an old link counts for a new.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>
    /// Names the write that produced this state. A caller that does not know whether its write took place reads the row
    /// and compares.
    /// </summary>
    public required Guid RequestId { get; init; }

    /// <summary>The state at <paramref name="now"/>; expiry goes before disabled.</summary>
    public LinkState StateAt(DateTimeOffset now) =>
        ExpiresAt <= now ? LinkState.Expired : IsDisabled ? LinkState.Disabled : LinkState.Active;
}
