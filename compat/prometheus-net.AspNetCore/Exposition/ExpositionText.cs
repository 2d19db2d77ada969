using System.Globalization;
using System.Text;

namespace Prometheus;

/// <summary>The text exposition format, version 0.0.4: header lines, samples, escapes and numbers.</summary>
internal static class ExpositionText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void AppendHeader(StringBuilder text, string name, string help, string type) => text
        .Append("# HELP ").Append(name).Append(' ').Append(EscapeHelp(help)).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary>Appends one sample; <paramref name="labels"/> is what <see cref="Labels"/> made, or empty.</summary>
    public static void AppendSample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    /// <summary>The inside of the braces: <c>a="1",b="2"</c>.</summary>
    public static string Labels(IReadOnlyList<string> names, IReadOnlyList<string> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            text.Append(names[i]).Append("=\"").Append(EscapeLabelValue(values[i])).Append('"');
        }
        return text.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("g", CultureInfo.InvariantCulture),
    };

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string EscapeHelp(string help) => help
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabelValue(string value) => EscapeHelp(value)
        .Replace("\"", "\\\"", StringComparison.Ordinal);
}
