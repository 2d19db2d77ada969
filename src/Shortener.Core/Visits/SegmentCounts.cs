namespace Shortener.Core.Visits;

/// <summary>What one link has in a segment on one UTC day.</summary>
public sealed record LinkDayCounts(LinkGeneration Link, DateOnly Day, DayCounts Counts);

/// <summary>What is read of a segment.</summary>
/// <param name="Counts">All of its visits.</param>
/// <param name="LastVisits">The last visits of each link one by one, each link's in order; none where none are kept.</param>
public sealed record CountedSegment(SegmentCounts Counts, IReadOnlyList<SegmentVisit> LastVisits);

/// <summary>The counts of one segment of a spool, for <see cref="IVisitStore.AddAsync"/>. Not for several threads.</summary>
public sealed class SegmentCounts
{
    private readonly Dictionary<(LinkGeneration Link, DateOnly Day), DayCounts> _days = [];

    /// <summary>Where visits of a link at that time are counted.</summary>
    public DayCounts On(LinkGeneration link, DateTimeOffset time)
    {
        var key = (link, DateOnly.FromDateTime(time.UtcDateTime));
        if (!_days.TryGetValue(key, out var counts)) _days[key] = counts = new DayCounts();
        return counts;
    }

    /// <summary>All of it, in an order that is the same for the same links and days.</summary>
    public IReadOnlyList<LinkDayCounts> InOrder() =>
    [
        .. _days.OrderBy(day => day.Key.Link.Alias, StringComparer.Ordinal).ThenBy(day => day.Key.Link.Generation)
            .ThenBy(day => day.Key.Day)
            .Select(day => new LinkDayCounts(day.Key.Link, day.Key.Day, day.Value)),
    ];
}
