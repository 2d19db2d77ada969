using System.Text.RegularExpressions;

namespace Shortener.Tests.Core.Visits.Agents;

/// <summary>
/// The test cases of uap-core, whose files are lists of <c>user_agent_string</c>, <c>family</c> and more in plain YAML.
/// </summary>
internal static partial class UapCore
{
    /// <summary>The cases of a file: an agent, and the family that uap-core expects of it.</summary>
    public static IEnumerable<(string Agent, string Family)> Cases(string file)
    {
        string? agent = null;
        foreach (var line in File.ReadLines(VisitData.File($"uap-core/{file}")))
        {
            if (Field().Match(line) is not { Success: true } field) continue;
            var value = Unquote(field.Groups["value"].Value.Trim());
            if (field.Groups["name"].Value == "user_agent_string") agent = value;
            else yield return (agent!, value);
        }
    }

    private static string Unquote(string value) => value switch
    {
        ['\'', .., '\''] => value[1..^1].Replace("''", "'", StringComparison.Ordinal),
        ['"', .., '"'] => Regex.Replace(value[1..^1], @"\\(.)", "$1"),
        _ => value,
    };

    [GeneratedRegex(@"^[ -]+(?<name>user_agent_string|family) *:(?<value>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Field();
}
