using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shortener.Server.Settings;
using Shortener.Tests.Server;

namespace Shortener.Tests.Docs;

public partial class ReadmeTests
{
    private const string TableStart = "-->\n";
    private const string TableEnd = "<!-- /settings -->";

    private static readonly string Readme = Repository.Path("README.md");

    [Fact]
    public void The_settings_table_is_what_the_options_classes_say()
    {
        var text = File.ReadAllText(Readme);
        var start = text.IndexOf(TableStart, text.IndexOf("<!-- settings:", StringComparison.Ordinal), StringComparison.Ordinal) + TableStart.Length;
        var end = text.IndexOf(TableEnd, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SHORTENER_UPDATE_README") is not null)
        {
            text = text[..start] + Table() + text[end..];
            File.WriteAllText(Readme, text);
            end = text.IndexOf(TableEnd, StringComparison.Ordinal);
        }

        Assert.Equal(Table(), text[start..end]);
    }

    [Fact]
    public async Task The_tour_shows_what_the_service_answers()
    {
        await using var server = await RunningServer.StartAsync("RateLimits:PerKey=12000");
        var steps = Steps().ToList();
        Assert.True(steps.Count >= 10, "the tour is there");
        foreach (var (command, output) in steps)
            Assert.Equal(Masked(output), Masked(await RunAsync(command, server)));
    }

    private static string Table()
    {
        var table = new StringBuilder("| setting | default | range | what it decides |\n|---|---|---|---|\n");
        foreach (var setting in SettingsReader.List(new ShortenerOptions()))
        {
            var value = setting.ValueText.Length == 0 ? "" : $"`{setting.ValueText}`";
            var range = (setting.About.Min, setting.About.Max) switch
            {
                (null, null) => "",
                ({ } min, null) => $"`{min}` or more",
                ({ } min, { } max) => $"`{min}` to `{max}`",
                (null, { } max) => $"`{max}` or less",
            };
            table.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | {value} | {range} | {setting.About.Purpose} |\n");
        }

        return table.ToString();
    }

    private static IEnumerable<(string Command, string Output)> Steps()
    {
        foreach (var block in ConsoleBlock().Matches(File.ReadAllText(Readme)).Select(match => match.Groups[1].Value))
        {
            foreach (var step in block.Split("$ curl", StringSplitOptions.RemoveEmptyEntries))
            {
                var end = step.IndexOf('\n', StringComparison.Ordinal);
                yield return ("curl" + step[..end], step[(end + 1)..]);
            }
        }
    }

    private static async Task<string> RunAsync(string command, RunningServer server)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true };
        start.Environment["URL"] = server.Address.ToString().TrimEnd('/');
        start.Environment["KEY"] = server.Key;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>Puts the same in the place of what differs from run to run.</summary>
    private static string Masked(string output)
    {
        output = output.Replace("\r", "", StringComparison.Ordinal);
        output = Times().Replace(output, "TIME");
        output = Secrets().Replace(output, "KEY");
        output = Address().Replace(output, "ADDRESS");
        output = Counts().Replace(output, "N");
        return Generated().Replace(output, "$1ALIAS\"");
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT")]
    private static partial Regex Times();

    [GeneratedRegex("shrt_[0-9A-Za-z]+_[0-9A-Za-z]+|(?<=\"id\":\")[0-9A-Za-z]{12}")]
    private static partial Regex Secrets();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    /// <summary>Visits are counted a few seconds after they are answered.</summary>
    [GeneratedRegex("(?<=\"(people|bots|visitors|visits)\":)\\d+")]
    private static partial Regex Counts();

    [GeneratedRegex("(\"alias\":\"|ADDRESS/)[0-9A-Za-z]{7}\"")]
    private static partial Regex Generated();
}
