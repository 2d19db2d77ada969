using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Shortener.Core.Visits.Agents;

namespace Shortener.Benchmarks;

/// <summary>
/// Reading a user agent, against compiled regular expressions of the same table: one a question, since only the first row that
/// answers it counts, and the first match in the agent is not always of the first row.
/// </summary>
public class UserAgentBenchmarks
{
    private static readonly Regex[] Questions =
    [
        Alternatives(row => row.Evidence.HasFlag(AgentEvidence.Program)),
        Alternatives(row => row.Evidence.HasFlag(AgentEvidence.Contact)),
        Alternatives(row => row.Evidence.HasFlag(AgentEvidence.Engine)),
        Alternatives(row => row.Browser is not null),
        Alternatives(row => row.System is not null),
        Alternatives(row => row.Device is not null),
    ];

    [Params(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    public string Agent { get; set; } = "";

    [Benchmark(Baseline = true)]
    public int RegexAlternation()
    {
        var matches = 0;
        foreach (var question in Questions) matches += question.Count(Agent);
        return matches;
    }

    [Benchmark]
    public UserAgent Parse() => UserAgent.Parse(Agent);

    private static Regex Alternatives(Predicate<AgentRow> answers) => new(
        string.Join('|', AgentTable.Rows.Where(row => answers(row)).Select(row => PatternOf(row.Pattern))),
        RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static string PatternOf(string pattern) =>
        $"{(pattern[0] == '|' ? "(?<![a-z])" : "")}{Regex.Escape(pattern.Trim('|'))}{(pattern[^1] == '|' ? "(?![a-z])" : "")}";
}
