using BenchmarkDotNet.Attributes;
using Shortener.Core.Destinations;

namespace Shortener.Benchmarks;

/// <summary>Parsing a destination, against System.Uri, which accepts other URLs than browsers do.</summary>
public class DestinationBenchmarks
{
    [Params(
        "https://www.example.com/a/long/path/to/some/article?utm_source=newsletter&utm_medium=email&id=1234567890",
        "http://Example.com:8080/a/../b c?q=ä",
        "https://bücher.example/straße")]
    public string Url { get; set; } = "";

    [Benchmark(Baseline = true)]
    public string SystemUri() => new Uri(Url).AbsoluteUri;

    [Benchmark]
    public string? WhatwgParser()
    {
        DestinationUrl.TryParse(Url, out var parsed);
        return parsed?.Href;
    }
}
