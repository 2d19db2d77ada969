using System.Globalization;
using Microsoft.OpenApi;
using Shortener.Core.Visits;
using Shortener.Server.Management.Live;
using Shortener.Server.Management.Stats;

namespace Shortener.Server.Management.Documentation;

/// <content>The parameters of the operations about visits.</content>
public sealed partial record ApiParameter
{
    private const string OfHours =
        "An hour counts where it begins; hours are kept for a time, then a day counts where it begins in UTC.";

    /// <summary>How long a feed goes on.</summary>
    public static readonly ApiParameter Seconds = new(
        "seconds", ParameterLocation.Query, "How long to follow, in seconds; then the answer ends.", 60,
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer, Minimum = "1", Maximum = LiveVisitEndpoints.MaxSeconds.ToString(CultureInfo.InvariantCulture),
            Default = LiveVisitEndpoints.MaxSeconds,
        });

    /// <summary>Where the range begins.</summary>
    public static readonly ApiParameter From = new(
        "from", ParameterLocation.Query,
        $"A time, or a date, which stands for its begin. Left out: {StatsRange.DefaultDays} days, with that of the end. {OfHours}",
        "2026-11-20", Time);

    /// <summary>Where the range ends.</summary>
    public static readonly ApiParameter To = new(
        "to", ParameterLocation.Query,
        "The end, which is not in the range: a time, or a date, which stands for its begin. Left out: now. "
        + $"At most {StatsRange.MaxDays:N0} days after from, and by the hour {StatsRange.MaxDaysOfHours}.",
        "2026-11-22T12:00:00+01:00", Time);

    /// <summary>What is added up.</summary>
    public static readonly ApiParameter Interval = new(
        "interval", ParameterLocation.Query, "What is added up to one count.", StatsNames.NameOf(VisitInterval.Day),
        () => Names(StatsNames.Intervals.Keys, StatsNames.NameOf(VisitInterval.Day)));

    /// <summary>What values are shown.</summary>
    public static readonly ApiParameter Dimension = new(
        "dimension", ParameterLocation.Query, "Of what to show the values with the most visits.",
        StatsNames.NameOf(VisitDimension.UtmSource),
        () => Names(StatsNames.Dimensions.Keys, StatsNames.NameOf(VisitDimension.Total)));

    /// <summary>Whose visits count.</summary>
    public static readonly ApiParameter Bots = new(
        "bots", ParameterLocation.Query, "Whether intervals and values count robots' visits.", StatsNames.NameOf(BotVisits.Include),
        () => Names(StatsNames.Bots.Keys, StatsNames.NameOf(BotVisits.Exclude)));

    /// <summary>Whose days.</summary>
    public static readonly ApiParameter Timezone = new(
        "timezone", ParameterLocation.Query, "Whose days and months are meant: a name in the IANA database.", "Europe/Berlin",
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.String, Pattern = StatsRequest.TimezonePattern, Default = StatsRequest.DefaultTimezone,
        });

    /// <summary>How many values.</summary>
    public static readonly ApiParameter ValueLimit =
        new("limit", ParameterLocation.Query, "The most values of the dimension.", PageLimit.Default, PageSize);

    /// <summary>How an export is written.</summary>
    public static readonly ApiParameter Format = new(
        "format", ParameterLocation.Query,
        "csv: RFC 4180, with a ' before values that a spreadsheet would take for a formula; ndjson: a JSON object a line.",
        ExportFormat.Ndjson.Name, () => Names(ExportFormat.ByName.Keys, ExportFormat.Csv.Name));

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Pattern = StatsRange.Pattern };

    private static OpenApiSchema Names(IEnumerable<string> names, string otherwise)
    {
        var schema = FieldSchemas.Names(names);
        schema.Default = otherwise;
        return schema;
    }
}
