namespace Shortener.Server.Observability;

/// <summary>The levels configured under <c>Logging</c>, which ASP.NET reads late and without saying where the wrong one is.</summary>
public static class LogLevels
{
    /// <summary>What is wrong, a sentence each that says what to write.</summary>
    public static IEnumerable<string> Check(IConfiguration configuration) =>
        from setting in configuration.GetSection("Logging").AsEnumerable()
        where setting.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
            && !string.IsNullOrEmpty(setting.Value)
            && !Enum.GetNames<LogLevel>().Contains(setting.Value, StringComparer.OrdinalIgnoreCase)
        select $"{setting.Key} is '{setting.Value}': write one of {string.Join(", ", Enum.GetNames<LogLevel>())}.";
}
