namespace Shortener.Server.Settings;

/// <summary>
/// Arguments as ASP.NET reads them, <c>--Name=value</c> or <c>--Name value</c>, held to names that have an effect: ASP.NET
/// itself takes every name, so that a misspelt one would be ignored.
/// </summary>
/// <param name="Understood">The arguments that name a setting, each as <c>--Name=value</c>.</param>
/// <param name="Errors">What is wrong with the others, a sentence each that says what to write.</param>
public sealed record CommandLine(string[] Understood, IReadOnlyList<string> Errors)
{
    private const string Prefix = "--";

    /// <summary>
    /// ASP.NET's own settings that mean something here. Not among them, since the service settles it by a setting or has no use
    /// for it: <c>shutdownTimeoutSeconds</c>, <c>forwardedHeaders_enabled</c>, <c>Kestrel:Limits</c>, <c>webroot</c>, start-up
    /// assemblies.
    /// </summary>
    private static readonly string[] OfAspNet =
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "AllowedHosts"];

    /// <summary>Sections that hold settings; the names in the first are checked by <see cref="SettingsReader"/>.</summary>
    private static readonly string[] Sections =
        ["Shortener", "Logging", "Kestrel:Endpoints", "Kestrel:EndpointDefaults", "Kestrel:Certificates"];

    /// <summary>Sorts the arguments of the process.</summary>
    public static CommandLine Read(string[] args)
    {
        var (understood, errors) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith(Prefix, StringComparison.Ordinal))
            {
                errors.Add($"The argument '{args[i]}' is not understood: write settings as --Name=value.");
                continue;
            }

            var (name, value) = args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                ? (args[i][Prefix.Length..equals], args[i][(equals + 1)..])
                : (args[i][Prefix.Length..], ++i < args.Length ? args[i] : null);
            if (!IsKnown(name))
                errors.Add($"--{name} is no setting: README.md lists those of the service; of ASP.NET's there are {Known}.");
            else if (value is null) errors.Add($"--{name} has no value: write --{name}=value.");
            else understood.Add($"{Prefix}{name}={value}");
        }

        return new([.. understood], errors);
    }

    private static string Known => string.Join(
        ", ", OfAspNet.Select(name => Prefix + name).Concat(Sections.Skip(1).Select(section => $"{Prefix}{section}:...")));

    private static bool IsKnown(string name) =>
        OfAspNet.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(Sections, section => $"{name}:".StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase));
}
