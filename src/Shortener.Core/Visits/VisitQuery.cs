namespace Shortener.Core.Visits;

/// <summary>How long the time is that a count is for; in UTC.</summary>
public enum VisitInterval
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A calendar month.</summary>
    Month,
}

/// <summary>Visits of one value in one interval.</summary>
/// <param name="Start">When the interval begins, UTC.</param>
/// <param name="Interval">
/// How long it is: as asked for, but a day where hours were asked for of a day whose hours are not kept any more.
/// </param>
/// <param name="Value">The dimension's value; "": unknown.</param>
/// <param name="People">Visits by people.</param>
/// <param name="Bots">Visits by robots.</param>
public sealed record VisitCount(DateTimeOffset Start, VisitInterval Interval, string Value, long People, long Bots);

/// <summary>Visits of all times.</summary>
public readonly record struct VisitTotal(long People, long Bots)
{
    /// <summary>These visits and those.</summary>
    public VisitTotal Plus(VisitTotal other) => new(People + other.People, Bots + other.Bots);

    /// <summary>Whether these are no more than those, neither of people nor of robots.</summary>
    public bool IsAtMost(VisitTotal other) => People <= other.People && Bots <= other.Bots;
}

/// <summary>Who visited on a UTC day; several days together by <see cref="VisitorSketch.Add(VisitorSketch)"/>.</summary>
public sealed record DayVisitors(DateOnly Day, VisitorSketch Visitors);

/// <summary>
/// Which counts are asked for: the hours that begin at <paramref name="From"/> or later and before <paramref name="To"/>.
/// </summary>
/// <param name="Link">Of what.</param>
/// <param name="From">Begin; within an hour: from the next one on.</param>
/// <param name="To">End, exclusive. A day whose hours are not kept any more counts as a whole where its begin is within.</param>
/// <param name="Dimension">By what they are told apart.</param>
/// <param name="Interval">What is added up to one count.</param>
public sealed record VisitQuery(
    LinkGeneration Link, DateTimeOffset From, DateTimeOffset To, VisitDimension Dimension, VisitInterval Interval)
{
    /// <summary>The first UTC day that is looked at.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(From.UtcDateTime);

    /// <summary>The last UTC day that is looked at.</summary>
    public DateOnly LastDay => DateOnly.FromDateTime(To.UtcDateTime);

    /// <summary>Adds days up as asked; ordered by start, then by value.</summary>
    /// <param name="days">Counts of the link; several for one day add up.</param>
    public IReadOnlyList<VisitCount> Sum(IEnumerable<(DateOnly Day, DayCounts Counts)> days)
    {
        var sums = new Dictionary<(DateTimeOffset Start, VisitInterval Interval, string Value), VisitTotal>();
        foreach (var (day, counts) in days)
        {
            var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            foreach (var (value, hour, visits) in counts.Of(Dimension))
            {
                var isWholeDay = hour == DayCounts.WholeDay;
                var time = isWholeDay ? midnight : midnight.AddHours(hour);
                if (time < From || time >= To) continue;
                var (start, interval) = Interval switch
                {
                    VisitInterval.Hour => (time, isWholeDay ? VisitInterval.Day : VisitInterval.Hour),
                    VisitInterval.Day => (midnight, Interval),
                    _ => (midnight.AddDays(1 - day.Day), Interval),
                };
                var sum = sums.GetValueOrDefault((start, interval, value));
                sums[(start, interval, value)] = sum.Plus(visits);
            }
        }

        return
        [
            .. sums.OrderBy(sum => sum.Key.Start).ThenBy(sum => sum.Key.Interval)
                .ThenBy(sum => sum.Key.Value, StringComparer.Ordinal)
                .Select(sum => new VisitCount(sum.Key.Start, sum.Key.Interval, sum.Key.Value, sum.Value.People, sum.Value.Bots)),
        ];
    }
}
