using Shortener.Core.Visits;

namespace Shortener.Server.Management.Stats;

/// <summary>Adds up what a request for statistics asks for.</summary>
public sealed class StatsSummary(IVisitStore visits, LinkGeneration link, StatsRequest request)
{
    private readonly StatsRange _range = request.Range;

    /// <summary>Reads the counts and adds them up.</summary>
    public async Task<StatsBody> ReadAsync(CancellationToken cancellationToken)
    {
        // By the hour, whatever is asked for: days of a time zone are not those of UTC.
        var hours = await visits.ReadAsync(Query(VisitDimension.Total, VisitInterval.Hour), cancellationToken);
        var values = request.Dimension == VisitDimension.Total
            ? []
            : SumByValue(await visits.ReadAsync(Query(request.Dimension, VisitInterval.Month), cancellationToken));
        var shown = values.Where(value => value.Value != DayCounts.Other).Take(request.Limit).ToList();
        var visitors = new VisitorSketch();
        foreach (var day in await visits.VisitorsAsync(link, _range.FirstDay, _range.LastDay, cancellationToken))
            visitors.Add(day.Visitors);
        var (people, bots) = (hours.Sum(hour => hour.People), hours.Sum(hour => hour.Bots));
        return new(
            _range.From, _range.To, request.Timezone, StatsNames.NameOf(request.Interval), StatsNames.NameOf(request.Dimension),
            StatsNames.NameOf(request.Bots),
            // Of days that the range has a part of, visitors are counted as a whole.
            new(people, bots, Math.Min(visitors.Count, people)),
            SumByInterval(hours), shown, values.Sum(value => value.Visits) - shown.Sum(value => value.Visits));
    }

    private VisitQuery Query(VisitDimension dimension, VisitInterval interval) =>
        new(link, _range.From, _range.To, dimension, interval);

    private StatsInterval[] SumByInterval(IReadOnlyList<VisitCount> hours)
    {
        var starts = _range.Starts(request.Interval).ToList();
        var sums = new long[starts.Count];
        foreach (var hour in hours)
        {
            var place = starts.BinarySearch(hour.Start);
            sums[place >= 0 ? place : ~place - 1] += VisitsOf(hour);
        }

        return [.. starts.Zip(sums, (start, sum) => new StatsInterval(start, sum))];
    }

    private List<StatsValue> SumByValue(IReadOnlyList<VisitCount> counts) =>
    [
        .. counts.GroupBy(count => count.Value, StringComparer.Ordinal)
            .Select(value => new StatsValue(value.Key, value.Sum(VisitsOf)))
            .Where(value => value.Visits > 0)
            .OrderByDescending(value => value.Visits).ThenBy(value => value.Value, StringComparer.Ordinal),
    ];

    private long VisitsOf(VisitCount count) => request.Bots switch
    {
        BotVisits.Exclude => count.People,
        BotVisits.Only => count.Bots,
        _ => count.People + count.Bots,
    };
}
