using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Shortener.Core.Links;

namespace Shortener.Benchmarks;

/// <summary>Taking the alias out of a path, against a compiled regular expression.</summary>
public partial class AliasBenchmarks
{
    [Params("/aB3xK9z", "/a-custom-alias-of-40-characters-in-length", "/wp-login.php")]
    public string Path { get; set; } = "";

    [Benchmark(Baseline = true)]
    public bool Regex() => Pattern().IsMatch(Path);

    [Benchmark]
    public int TryParsePath() => Alias.TryParsePath(Path, out var alias) ? alias.Length : 0;

    [GeneratedRegex("^/[A-Za-z0-9_-]{3,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
