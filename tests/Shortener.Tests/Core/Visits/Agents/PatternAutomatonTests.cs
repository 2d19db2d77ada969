using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Visits.Agents;

namespace Shortener.Tests.Core.Visits.Agents;

public class PatternAutomatonTests
{
    /// <summary>Few letters, so that texts overlap and end in each other often.</summary>
    private static readonly Gen<string> Texts =
        Gen.Elements('a', 'b', 'B', '/').ArrayOf().Select(letters => new string(letters));

    private static readonly Gen<string[]> Patterns =
        (from text in Texts.Select(text => text.ToLowerInvariant())
         from bounds in Gen.Choose(0, 3)
         where text.Length > 0
         select (bounds & 1) + text + (bounds & 2)).ArrayOf()
        .Select(all => all.DistinctBy(pattern => pattern[1..^1])
            .Select(pattern => $"{(pattern[0] == '1' ? "|" : "")}{pattern[1..^1]}{(pattern[^1] == '2' ? "|" : "")}").ToArray());

    [Fact]
    public void At_every_place_the_longest_text_is_found() => Prop.ForAll(Patterns.ToArbitrary(), Texts.ToArbitrary(), IsRight)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));

    [Fact]
    public void The_same_text_twice_is_refused() => Assert.Throws<ArgumentException>(() => new PatternAutomaton(["bot", "|bot"]));

    private static bool IsRight(string[] patterns, string input)
    {
        var automaton = new PatternAutomaton(patterns);
        var state = 0;
        for (var i = 0; i < input.Length; i++)
        {
            state = automaton.Step(state, input[i]);
            var found = automaton.Match(state, input, i);
            if ((found < 0 ? null : patterns[found]) != LongestEndingAt(patterns, input, i)) return false;
        }

        return true;
    }

    private static string? LongestEndingAt(string[] patterns, string input, int end) => patterns.Where(pattern =>
    {
        var text = pattern.Trim('|');
        var start = end + 1 - text.Length;
        return start >= 0 && input[start..(end + 1)].Equals(text, StringComparison.OrdinalIgnoreCase)
            && !(pattern[0] == '|' && start > 0 && char.IsAsciiLetter(input[start - 1]))
            && !(pattern[^1] == '|' && end + 1 < input.Length && char.IsAsciiLetter(input[end + 1]));
    }).MaxBy(pattern => pattern.Trim('|').Length);
}
