namespace Shortener.Core.Visits.Live;

/// <summary>What somebody follows: the visits of one link, or of all links of an owner.</summary>
/// <param name="Owner">Whose links.</param>
/// <param name="Alias">The one link; null: all.</param>
public sealed record LiveTopic(string Owner, string? Alias)
{
    /// <summary>Whether a visit of that link belongs to it.</summary>
    public bool Covers(ReadOnlySpan<char> owner, ReadOnlySpan<char> alias) =>
        owner.SequenceEqual(Owner) && (Alias is null || alias.SequenceEqual(Alias));
}

/// <summary>A visit as it is told to who follows its topic.</summary>
/// <param name="Topic">What it is told for.</param>
/// <param name="Alias">The link that was followed.</param>
/// <param name="Visit">The visit.</param>
/// <param name="LeftOut">How many visits of the topic came since the last one that was told, and were not told.</param>
public sealed record LiveVisit(LiveTopic Topic, string Alias, RawVisit Visit, long LeftOut);
