using System.Globalization;
using Shortener.Core.Visits;

namespace Shortener.Server.Management.Stats;

/// <summary>A range of whole hours, in a time zone. An hour belongs to what it begins in.</summary>
/// <param name="From">Where the first hour begins; UTC.</param>
/// <param name="To">Where the hour after the last begins; UTC.</param>
/// <param name="Zone">Whose days and months are meant.</param>
public sealed record StatsRange(DateTimeOffset From, DateTimeOffset To, TimeZoneInfo Zone)
{
    /// <summary>The days of a range whose begin is not given, with that of its end.</summary>
    public const int DefaultDays = 30;

    /// <summary>The most days of a range.</summary>
    public const int MaxDays = 3_660;

    /// <summary>The most days of a range that is shown by the hour.</summary>
    public const int MaxDaysOfHours = 366;

    /// <summary>
    /// A time or a date as a regular expression (ECMA-262); years are bounded so that no time zone leads out of the calendar.
    /// </summary>
    public const string Pattern = @"^2\d{3}-\d\d-\d\d([Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d))?$";

    /// <summary>The first day in the zone.</summary>
    public DateOnly FirstDay => DayOf(From);

    /// <summary>The last day in the zone.</summary>
    public DateOnly LastDay => DayOf(LastHour);

    /// <summary>
    /// The range from <c>from</c> to <c>to</c> of a query: times, or dates, which stand for their begin. The errors of the query say
    /// what is wrong.
    /// </summary>
    public static StatsRange Read(QueryFields query, TimeZoneInfo zone, int maxDays, DateTimeOffset now)
    {
        var whole = new StatsRange(default, HourFrom(now.AddTicks(1)), zone);
        var (from, to) = (whole.Time(query, "from"), whole.Time(query, "to"));
        var range = whole with { To = to ?? whole.To };
        range = range with { From = from ?? HourFrom(range.StartOf(range.LastDay.AddDays(1 - DefaultDays))) };
        if (query.Errors.Count > 0) return range;
        if (range.From >= range.To)
            query.Errors.Add(new("from", $"Give a time before 'to', {Rfc3339.Text(range.To)}, with the begin of an hour in between."));
        else if (range.To - range.From > TimeSpan.FromDays(maxDays))
            query.Errors.Add(new("from", string.Create(
                CultureInfo.InvariantCulture, $"Give a time at most {maxDays} days before 'to'.")));
        return range;
    }

    /// <summary>Where the intervals begin that the range touches, with the offset of the zone then; in order.</summary>
    public IEnumerable<DateTimeOffset> Starts(VisitInterval interval)
    {
        var (day, month) = (FirstDay, FirstDay.AddDays(1 - FirstDay.Day));
        Func<int, DateTimeOffset> start = interval switch
        {
            VisitInterval.Hour => i => TimeZoneInfo.ConvertTime(From.AddHours(i), Zone),
            VisitInterval.Day => i => StartOf(day.AddDays(i)),
            _ => i => StartOf(month.AddMonths(i)),
        };
        return Enumerable.Range(0, int.MaxValue).Select(start).TakeWhile(time => time <= LastHour);
    }

    private DateTimeOffset LastHour => To.AddHours(-1);

    private DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    /// <summary>
    /// Where a day begins. At a change of clocks there may be two midnights, of which the earlier counts, or none: then the day begins
    /// with the change, which is where midnight would have been.
    /// </summary>
    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = Zone.IsAmbiguousTime(midnight) ? Zone.GetAmbiguousTimeOffsets(midnight).Max() : Zone.GetUtcOffset(midnight);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(midnight, offset), Zone);
    }

    private DateTimeOffset? Time(QueryFields query, string name)
    {
        if (query.Text(name) is not { } text) return null;
        if (text.StartsWith('2'))
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return HourFrom(StartOf(day));
            if (Rfc3339.TryParse(text, out var time)) return HourFrom(time);
        }

        query.Errors.Add(new(name, "Give a date such as 2030-01-31, or a time by RFC 3339 such as 2030-01-31T12:00:00Z "
            + "(in a URL a + is written %2B), from the year 2000 on."));
        return null;
    }

    /// <summary>The first begin of an hour from then on; UTC.</summary>
    private static DateTimeOffset HourFrom(DateTimeOffset time)
    {
        var ticks = time.UtcTicks + TimeSpan.TicksPerHour - 1;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
    }
}
