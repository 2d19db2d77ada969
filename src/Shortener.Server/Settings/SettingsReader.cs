using System.Reflection;

namespace Shortener.Server.Settings;

/// <summary>The configuration is wrong; every sentence says what to write.</summary>
public sealed class SettingsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors));

/// <summary>Reads <see cref="ShortenerOptions"/> from configuration and says everything that is wrong at once.</summary>
public static class SettingsReader
{
    private const string Root = "Shortener";

    /// <summary>The options that <paramref name="configuration"/> asks for.</summary>
    /// <param name="configuration">Where the values are.</param>
    /// <param name="furtherErrors">What else is wrong with the configuration, to be said together.</param>
    /// <exception cref="SettingsException">A value cannot be read, is outside its range, or has an unknown name.</exception>
    public static ShortenerOptions Read(IConfiguration configuration, params IReadOnlyList<string> furtherErrors)
    {
        var options = new ShortenerOptions();
        var settings = List(options);
        var filled = settings.Select(setting => (setting.Options, Error: setting.Fill(configuration))).ToList();
        var errors = filled.Select(setting => setting.Error).OfType<string>().ToList();
        errors.AddRange(furtherErrors);
        errors.AddRange(UnknownNames(configuration, settings));
        // What a feature's values say together means something only where each could be read.
        var unreadable = filled.Where(setting => setting.Error is not null).Select(setting => setting.Options).ToHashSet();
        errors.AddRange(Checked(options).Where(feature => !unreadable.Contains(feature)).SelectMany(feature => feature.Check()));
        return errors.Count == 0 ? options : throw new SettingsException(errors);
    }

    /// <summary>Every setting of <paramref name="options"/> with the value that it has there.</summary>
    public static IReadOnlyList<Setting> List(ShortenerOptions options) => [.. List(options, Root)];

    private static IEnumerable<Setting> List(object options, string key)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<SettingAttribute>() is { } about)
                yield return new Setting($"{key}:{property.Name}", property, options, about);
            else if (property.GetValue(options) is { } feature && property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
                foreach (var setting in List(feature, $"{key}:{property.Name}")) yield return setting;
        }
    }

    private static IEnumerable<string> UnknownNames(IConfiguration configuration, IReadOnlyList<Setting> settings)
    {
        foreach (var (key, value) in configuration.GetSection(Root).AsEnumerable())
        {
            var isKnown = value is null || settings.Any(setting =>
                key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)
                || (setting.IsList && key.StartsWith(setting.Key + ":", StringComparison.OrdinalIgnoreCase)));
            if (!isKnown) yield return $"{key} is no setting: README.md lists them all.";
        }
    }

    private static IEnumerable<ICheckedOptions> Checked(ShortenerOptions options) =>
        options.GetType().GetProperties().Select(property => property.GetValue(options)).OfType<ICheckedOptions>().Prepend(options);
}
