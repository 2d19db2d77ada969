using System.Globalization;
using System.Text.Json;

namespace Shortener.Server.Management.Stats;

/// <summary>How an export is written.</summary>
/// <param name="Name">Its name in the API, and the end of the file's name.</param>
/// <param name="MediaType">The type of the body.</param>
/// <param name="Head">What comes before the rows.</param>
/// <param name="Line">A row as a line, with its end.</param>
public sealed record ExportFormat(string Name, string MediaType, string Head, Func<StatsRow, string> Line)
{
    /// <summary>
    /// What spreadsheets take for the begin of a formula where a cell begins with it; also in full width, as typed in East Asia.
    /// </summary>
    private const string BeginsFormulas = "=+-@\t\r\n\0＝＋－＠";

    /// <summary>
    /// RFC 4180, UTF-8. Values that a spreadsheet would take for a formula have a <c>'</c> before them: visitors choose some values.
    /// </summary>
    public static readonly ExportFormat Csv = new(
        "csv", "text/csv", "start,interval,dimension,value,people,bots\r\n", row => string.Create(
            CultureInfo.InvariantCulture,
            $"{Rfc3339.Text(row.Start)},{row.Interval},{row.Dimension},{Cell(row.Value)},{row.People},{row.Bots}\r\n"));

    /// <summary>A JSON object a line.</summary>
    public static readonly ExportFormat Ndjson = new(
        "ndjson", "application/x-ndjson", "", row => JsonSerializer.Serialize(row, ApiJson.Default.StatsRow) + "\n");

    /// <summary>Every format by its name.</summary>
    public static readonly IReadOnlyDictionary<string, ExportFormat> ByName =
        new[] { Csv, Ndjson }.ToDictionary(format => format.Name, StringComparer.Ordinal);

    private static string Cell(string value)
    {
        if (value.Length > 0 && BeginsFormulas.Contains(value[0], StringComparison.Ordinal)) value = $"'{value}";
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
