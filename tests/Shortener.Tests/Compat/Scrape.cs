using System.Text;
using Prometheus;

namespace Shortener.Tests.Compat;

/// <summary>Reads a registry the way that a scraper does.</summary>
internal static class Scrape
{
    public static async Task<string> TextAsync(CollectorRegistry registry)
    {
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(page.ToArray());
    }

    /// <summary>The value of the sample that is written so, labels included; null if there is none.</summary>
    public static double? Value(string text, string sample) => text.Split('\n')
        .Where(line => line.StartsWith(sample + " ", StringComparison.Ordinal))
        .Select(line => (double?)double.Parse(line[(sample.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture))
        .SingleOrDefault();

    /// <summary>Skips a test of what the official package does otherwise, where that package is in use.</summary>
    public static void SkipUnlessStandIn(string why) =>
        Assert.SkipUnless(typeof(Metrics).Assembly.GetName().Name == "Prometheus.AspNetCore", why);
}
