using System.Globalization;
using Shortener.Core.Links;

namespace Shortener.Storage.Redis;

/// <summary>What a key in Redis says about its alias.</summary>
internal enum CacheEntryKind
{
    /// <summary>The link leads there.</summary>
    Link,

    /// <summary>There is no such link: version 0 where the store knew none, else the version that its deletion made.</summary>
    Absent,

    /// <summary>A write of this version may have taken place: only the store knows.</summary>
    AskStore,

    /// <summary>Somebody has found nothing and is asking the store.</summary>
    Lease,
}

/// <summary>
/// A value in Redis: the format's number, the kind, the version, and what belongs to the kind, as text:
/// <c>1L7 302 1767225600000 0 1 ann https://example.com/</c>. Scripts read kind and version.
/// </summary>
internal sealed record CacheEntry(CacheEntryKind Kind, long Version, LinkTarget? Target = null)
{
    /// <summary>The format; another one's values are not read, whatever is in them.</summary>
    public const char Format = '1';

    private const string Kinds = "LAQS";
    private const string Never = "-";

    public static CacheEntry Of(LinkTarget? target) =>
        target is null ? new(CacheEntryKind.Absent, 0) : new(CacheEntryKind.Link, target.Version, target);

    /// <summary>Whether it answers a look-up.</summary>
    public bool IsAnswer => Kind is CacheEntryKind.Link or CacheEntryKind.Absent;

    public string Encode() => Target is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Format}{Kinds[(int)Kind]}{Version}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Format}{Kinds[(int)Kind]}{Version} {Target.Status} {ExpiryOf(Target)} {(Target.IsDisabled ? 1 : 0)} " +
            $"{Target.Generation} {Uri.EscapeDataString(Target.Owner)} {Target.Location}");

    /// <summary>Null: another program, or another version of this one, wrote it.</summary>
    public static CacheEntry? Decode(string? text)
    {
        if (text is not [Format, var letter, .. var rest]) return null;
        if (Kinds.IndexOf(letter, StringComparison.Ordinal) is not (>= 0 and var kind)) return null;
        var parts = rest.Split(' ', 7);
        if (!TryNumber(parts[0], long.MaxValue, out var version)) return null;
        if ((CacheEntryKind)kind != CacheEntryKind.Link) return new((CacheEntryKind)kind, version);
        return DecodeTarget(parts, version) is { } target ? new(CacheEntryKind.Link, version, target) : null;
    }

    private static LinkTarget? DecodeTarget(string[] parts, long version) =>
        parts is [_, var status, var expiry, "0" or "1", var generation, var owner, { Length: > 0 } location]
        && TryNumber(status, 399, out var code) && code >= 300
        && TryExpiry(expiry, out var expiresAt)
        && TryNumber(generation, int.MaxValue, out var made)
        && !location.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new LinkTarget(location, (int)code, expiresAt, parts[3] == "1", version, (int)made, Uri.UnescapeDataString(owner))
            : null;

    private static string ExpiryOf(LinkTarget target) =>
        target.ExpiresAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? Never;

    private static bool TryExpiry(string text, out DateTimeOffset? expiresAt)
    {
        expiresAt = null;
        if (text == Never) return true;
        if (!TryNumber(text, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), out var millis)) return false;
        expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(millis);
        return true;
    }

    private static bool TryNumber(string text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
