using System.Text.RegularExpressions;
using Shortener.Core.Visits;

namespace Shortener.Server.Management.Stats;

/// <summary>What statistics a query asks for.</summary>
/// <param name="Range">When.</param>
/// <param name="Timezone">The name of the range's time zone, as given.</param>
/// <param name="Interval">What is added up to one count.</param>
/// <param name="Dimension">By what visits are told apart.</param>
/// <param name="Bots">Whose visits count.</param>
/// <param name="Limit">The most values of the dimension.</param>
public sealed partial record StatsRequest(
    StatsRange Range, string Timezone, VisitInterval Interval, VisitDimension Dimension, BotVisits Bots, int Limit)
{
    /// <summary>The time zone where none is named.</summary>
    public const string DefaultTimezone = "UTC";

    /// <summary>
    /// The name of a time zone as a regular expression (ECMA-262): no dots, because names are looked up as files.
    /// </summary>
    public const string TimezonePattern = "^[0-9A-Za-z_+-]+(/[0-9A-Za-z_+-]+)*$";

    /// <summary>Reads a query; its errors say what is wrong.</summary>
    public static StatsRequest Read(QueryFields query, DateTimeOffset now)
    {
        var timezone = query.Text("timezone") ?? DefaultTimezone;
        var interval = query.OneOf("interval", StatsNames.Intervals) ?? VisitInterval.Day;
        var maxDays = interval == VisitInterval.Hour ? StatsRange.MaxDaysOfHours : StatsRange.MaxDays;
        return new(
            StatsRange.Read(query, Zone(query, timezone), maxDays, now), timezone, interval,
            query.OneOf("dimension", StatsNames.Dimensions) ?? VisitDimension.Total,
            query.OneOf("bots", StatsNames.Bots) ?? BotVisits.Exclude, PageLimit.Read(query));
    }

    private static TimeZoneInfo Zone(QueryFields query, string name)
    {
        if (TimezoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        query.Errors.Add(new("timezone", "Give the name of a time zone in the IANA database, such as Europe/Berlin."));
        return TimeZoneInfo.Utc;
    }

    /// <summary>Without the line break that .NET, but not ECMA-262, lets follow the end.</summary>
    [GeneratedRegex(TimezonePattern + @"(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex TimezoneName();
}
