namespace Shortener.Core.Visits;

/// <summary>What was visited.</summary>
public enum VisitKind : byte
{
    /// <summary>A link was followed.</summary>
    Followed = 0,

    /// <summary>There is no such link.</summary>
    UnknownAlias = 1,
}

/// <summary>
/// A visit as the redirect knows it, for <see cref="VisitSpool.TryAppend"/>. Of each text the first
/// <see cref="VisitRecord.MaxTextBytes"/> bytes as UTF-8 are kept, whole characters only.
/// </summary>
public readonly ref struct Visit
{
    /// <summary>When; kept in whole milliseconds.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What was visited.</summary>
    public VisitKind Kind { get; init; }

    /// <summary><see cref="Links.Link.Generation"/>; 0 for an unknown alias.</summary>
    public int Generation { get; init; }

    /// <summary>The client's IPv6 address, or IPv4 mapped into IPv6, big-endian, already masked; 0: not known.</summary>
    public UInt128 Address { get; init; }

    /// <summary>A keyed hash, salted by the day, that is the same for the same visitor; 0: none.</summary>
    public ulong Visitor { get; init; }

    /// <summary>The alias as it was asked for.</summary>
    public ReadOnlySpan<char> Alias { get; init; }

    /// <summary>Whose link it is; empty for an unknown alias.</summary>
    public ReadOnlySpan<char> Owner { get; init; }

    /// <summary>The request's User-Agent.</summary>
    public ReadOnlySpan<char> UserAgent { get; init; }

    /// <summary>The request's Referer.</summary>
    public ReadOnlySpan<char> Referrer { get; init; }

    /// <summary>The request's Accept-Language.</summary>
    public ReadOnlySpan<char> AcceptLanguage { get; init; }

    /// <summary>The request's query string.</summary>
    public ReadOnlySpan<char> Query { get; init; }
}
