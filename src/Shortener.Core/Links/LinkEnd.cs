namespace Shortener.Core.Links;

/// <summary>
/// A time at which a link was, or is, to end. A hint: the link may never have been made, or was given another end since.
/// </summary>
/// <param name="At">When it expires, or was deleted; whole milliseconds.</param>
/// <param name="Alias">The link's alias.</param>
/// <param name="Generation">Which life of the alias ends: <see cref="Link.Generation"/>.</param>
public sealed record LinkEnd(DateTimeOffset At, string Alias, int Generation)
{
    /// <summary>The hour in which it lies, in which ends are walked.</summary>
    public int Hour => HourOf(At);

    /// <summary>Hours since 1970, UTC.</summary>
    public static int HourOf(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 3_600);
}

/// <summary>How long the life lasts that an alias is in, or was in last.</summary>
/// <param name="Generation"><see cref="Link.Generation"/>.</param>
/// <param name="ExpiresAt">When it expires; null: never.</param>
/// <param name="DeletedAt">When it was deleted; null: it was not.</param>
public sealed record LinkLife(int Generation, DateTimeOffset? ExpiresAt, DateTimeOffset? DeletedAt)
{
    /// <summary>From when on it is not followed; null: that is not known yet.</summary>
    public DateTimeOffset? EndsAt => DeletedAt is null || ExpiresAt < DeletedAt ? ExpiresAt : DeletedAt;
}
