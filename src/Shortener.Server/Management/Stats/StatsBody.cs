using System.Text.Json.Serialization;

namespace Shortener.Server.Management.Stats;

/// <summary>Visits in a range of time.</summary>
/// <param name="From">Where the first hour that counts begins.</param>
/// <param name="To">Where the last one ends.</param>
/// <param name="Timezone">Whose days and months the intervals are.</param>
/// <param name="Interval">How long the intervals are.</param>
/// <param name="Dimension">What `values` are of.</param>
/// <param name="Bots">Whose visits `intervals` and `values` count.</param>
/// <param name="Total">The whole range.</param>
/// <param name="Intervals">Every interval of the range, in order. Of the first and the last only what is in the range counts.</param>
/// <param name="Values">The values with the most visits first; none for the dimension total.</param>
/// <param name="OtherVisits">Visits with further values of the dimension.</param>
public sealed record StatsBody(
    DateTimeOffset From, DateTimeOffset To, string Timezone, string Interval, string Dimension, string Bots, StatsTotal Total,
    IReadOnlyList<StatsInterval> Intervals, IReadOnlyList<StatsValue> Values, long OtherVisits);

/// <summary>All visits.</summary>
/// <param name="People">By people.</param>
/// <param name="Bots">By robots, link previews among them.</param>
/// <param name="Visitors">
/// Different visitors, within about 2%: of each day in the range as a UTC day. Who comes on two days counts twice.
/// </param>
public sealed record StatsTotal(long People, long Bots, long Visitors);

/// <summary>Visits in an interval.</summary>
/// <param name="Start">Where it begins, by the clocks of the time zone.</param>
/// <param name="Visits">How many.</param>
public sealed record StatsInterval(
    [property: JsonConverter(typeof(LocalTimeConverter))] DateTimeOffset Start, long Visits);

/// <summary>Visits with one value of a dimension.</summary>
/// <param name="Value">The value; empty: unknown, or none.</param>
/// <param name="Visits">How many.</param>
public sealed record StatsValue(string Value, long Visits);

/// <summary>A line of an export.</summary>
/// <param name="Start">Where the interval begins.</param>
/// <param name="Interval">An hour; a day where its hours are not kept any more.</param>
/// <param name="Dimension">By what visits are told apart.</param>
/// <param name="Value">The value; empty: unknown, or none.</param>
/// <param name="People">Visits by people.</param>
/// <param name="Bots">Visits by robots.</param>
public sealed record StatsRow(DateTimeOffset Start, string Interval, string Dimension, string Value, long People, long Bots);
