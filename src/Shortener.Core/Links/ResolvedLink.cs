namespace Shortener.Core.Links;

/// <summary>What a look-up of an alias comes to for a visitor.</summary>
public enum Resolution
{
    /// <summary>Follow it.</summary>
    Found,

    /// <summary>There is no such link, or it is deleted.</summary>
    Unknown,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its owner has it switched off.</summary>
    Disabled,
}

/// <summary>The part of a link that a redirect needs, or the knowledge that there is none. Immutable, so safe to cache.</summary>
public sealed class ResolvedLink
{
    private readonly long _expiresAt;
    private readonly bool _isDisabled;

    private ResolvedLink(LinkTarget? link, long freshUntil, long staleUntil)
    {
        (Location, Status) = (link?.Location, link?.Status ?? 404);
        (FreshUntil, StaleUntil) = (freshUntil, staleUntil);
        (_expiresAt, _isDisabled) = (link?.ExpiresAt?.UtcTicks ?? long.MaxValue, link?.IsDisabled ?? false);
        (Generation, Owner) = (link?.Generation ?? 0, link?.Owner ?? "");
    }

    /// <summary>The destination, ASCII; null for an unknown alias.</summary>
    public string? Location { get; }

    /// <summary>The status of the redirect.</summary>
    public int Status { get; }

    /// <summary><see cref="Link.Generation"/>; 0 for an unknown alias.</summary>
    public int Generation { get; }

    /// <summary>Whose it is; empty for an unknown alias.</summary>
    public string Owner { get; }

    /// <summary>Until which <see cref="TimeProvider.GetTimestamp"/> it may be used without asking the store again.</summary>
    internal long FreshUntil { get; private set; }

    /// <summary>Until when it may be used while the store cannot say.</summary>
    internal long StaleUntil { get; }

    /// <summary>What it comes to at <paramref name="now"/>: judged on every hit, so an expired link is never followed.</summary>
    public Resolution At(DateTimeOffset now) =>
        Location is null ? Resolution.Unknown
        : now.UtcTicks >= _expiresAt ? Resolution.Expired
        : _isDisabled ? Resolution.Disabled
        : Resolution.Found;

    internal static ResolvedLink From(LinkTarget? link, long freshUntil, long staleUntil) => new(link, freshUntil, staleUntil);

    internal ResolvedLink WithFreshUntil(long freshUntil)
    {
        var copy = (ResolvedLink)MemberwiseClone();
        copy.FreshUntil = freshUntil;
        return copy;
    }
}
