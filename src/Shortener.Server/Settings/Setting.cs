using System.Globalization;
using System.Reflection;

namespace Shortener.Server.Settings;

/// <summary>One setting: where it is written, what it may be, and the property that it fills.</summary>
/// <param name="Key">Its name in configuration, such as <c>Shortener:Keys:Length</c>.</param>
/// <param name="Property">The property of <paramref name="Options"/> that it fills.</param>
/// <param name="Options">The options object that is filled.</param>
/// <param name="About">Purpose and range.</param>
public sealed record Setting(string Key, PropertyInfo Property, object Options, SettingAttribute About)
{
    /// <summary>Its name as an environment variable.</summary>
    public string EnvironmentVariable => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether it takes several values.</summary>
    public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>The value in force, as it is written in configuration.</summary>
    public string ValueText => Property.GetValue(Options) switch
    {
        null => "",
        IEnumerable<string> list => string.Join(',', list),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var text => text.ToString() ?? "",
    };

    /// <summary>Fills the property from what is configured; null where that went well, else what to write instead.</summary>
    public string? Fill(IConfiguration configuration)
    {
        var section = configuration.GetSection(Key);
        if (IsList)
        {
            var items = section.GetChildren().Select(child => child.Value).Append(section.Value).OfType<string>();
            var list = items.SelectMany(item => item.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            if (section.Exists()) Property.SetValue(Options, list.ToList());
            return null;
        }

        if (section.Value is not { } text) return null;
        if (!TryParse(text, out var value)) return $"{Key} is '{text}': write {Kind()}.";
        // .NET takes it for days, most people for seconds.
        if (value is TimeSpan days && !text.Contains(':', StringComparison.Ordinal))
            return $"{Key} is '{text}': write {text.Trim()}.00:00:00 for days, or {TimeSpan.FromSeconds(days.Days):c} for seconds.";
        if (About.Min is { } min && Compare(value, min) < 0) return $"{Key} is {text}: write {min} or more.";
        if (About.Max is { } max && Compare(value, max) > 0) return $"{Key} is {text}: write {max} or less.";
        Property.SetValue(Options, value);
        return null;
    }

    private int Compare(object? value, string bound) => TryParse(bound, out var parsed) ? Comparer<object?>.Default.Compare(value, parsed)
        : throw new InvalidOperationException($"The bound '{bound}' of {Key} is no {Property.PropertyType.Name}.");

    private bool TryParse(string text, out object? value)
    {
        value = null;
        if (Property.PropertyType == typeof(string)) value = text;
        else if (Property.PropertyType == typeof(int) && int.TryParse(text, CultureInfo.InvariantCulture, out var number)) value = number;
        else if (Property.PropertyType == typeof(long) && long.TryParse(text, CultureInfo.InvariantCulture, out var large)) value = large;
        else if (Property.PropertyType == typeof(bool) && bool.TryParse(text, out var flag)) value = flag;
        else if (Property.PropertyType == typeof(TimeSpan)
            && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span)) value = span;
        return value is not null;
    }

    private string Kind() => Property.PropertyType switch
    {
        var type when type == typeof(TimeSpan) => "a time as [days.]hours:minutes:seconds, such as 00:00:10 or 730.00:00:00",
        var type when type == typeof(bool) => "true or false",
        _ => "a whole number",
    };
}
