namespace Shortener.Core.Links;

/// <summary>The part of a link that a redirect needs, and which state of the link it is.</summary>
/// <param name="Location">The destination, ASCII.</param>
/// <param name="Status">The status of the redirect: 301, 302, 307 or 308.</param>
/// <param name="ExpiresAt">From when on it is not followed, whole milliseconds; null: never expires.</param>
/// <param name="IsDisabled">True while its owner has it switched off.</param>
/// <param name="Version"><see cref="Link.Version"/>: of two states of one alias the higher is the newer.</param>
/// <param name="Generation"><see cref="Link.Generation"/>.</param>
/// <param name="Owner">Whose it is, for whom its visits are counted as well.</param>
public sealed record LinkTarget(
    string Location, int Status, DateTimeOffset? ExpiresAt, bool IsDisabled, long Version, int Generation, string Owner)
{
    /// <summary>The part of <paramref name="link"/> that a redirect needs.</summary>
    public static LinkTarget Of(Link link) =>
        new(link.Url, link.RedirectStatus, link.ExpiresAt, link.IsDisabled, link.Version, link.Generation, link.Owner);
}
