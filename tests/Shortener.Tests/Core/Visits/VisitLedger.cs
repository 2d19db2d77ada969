using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>What a test has had counted, kept in the plainest way: what a store is compared with.</summary>
internal sealed class VisitLedger
{
    private readonly Dictionary<
        (LinkGeneration Link, DateTimeOffset Hour, VisitDimension Dimension, string Value), VisitTotal> _counts = [];

    /// <summary>Counts a visit, both here and in a segment.</summary>
    public void Visit(
        SegmentCounts segment, LinkGeneration link, DateTimeOffset time, bool isBot = false, ulong visitor = 0,
        params ReadOnlySpan<(VisitDimension Dimension, string Value)> values)
    {
        var day = segment.On(link, time);
        day.Visitors.Add(visitor);
        foreach (var (dimension, value) in (ReadOnlySpan<(VisitDimension, string)>)[(VisitDimension.Total, ""), .. values])
        {
            var (people, bots) = isBot ? (0, 1) : (1, 0);
            day.Add(time.Hour, dimension, value, people, bots);
            var key = (link, new DateTimeOffset(time.Date, TimeSpan.Zero).AddHours(time.Hour), dimension, value);
            var sum = _counts.GetValueOrDefault(key);
            _counts[key] = new(sum.People + people, sum.Bots + bots);
        }
    }

    /// <summary>All visits of a link.</summary>
    public VisitTotal TotalOf(LinkGeneration link) => _counts
        .Where(count => count.Key.Link == link && count.Key.Dimension == VisitDimension.Total)
        .Aggregate(default(VisitTotal), (sum, count) => new(sum.People + count.Value.People, sum.Bots + count.Value.Bots));

    /// <summary>What a query has to answer while all hours are kept.</summary>
    public List<VisitCount> Answer(VisitQuery query) =>
    [
        .. _counts
            .Where(count => count.Key.Link == query.Link && count.Key.Dimension == query.Dimension
                && count.Key.Hour >= query.From && count.Key.Hour < query.To)
            .GroupBy(count => (Start: StartOf(count.Key.Hour, query.Interval), count.Key.Value))
            .OrderBy(group => group.Key.Start).ThenBy(group => group.Key.Value, StringComparer.Ordinal)
            .Select(group => new VisitCount(
                group.Key.Start, query.Interval, group.Key.Value,
                group.Sum(count => count.Value.People), group.Sum(count => count.Value.Bots))),
    ];

    private static DateTimeOffset StartOf(DateTimeOffset hour, VisitInterval interval) => interval switch
    {
        VisitInterval.Hour => hour,
        VisitInterval.Day => new(hour.Year, hour.Month, hour.Day, 0, 0, 0, TimeSpan.Zero),
        _ => new(hour.Year, hour.Month, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
