using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Shortener.Tests.Compat;

public sealed class MapMetricsTests
{
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();

    public MapMetricsTests() =>
        Metrics.WithCustomRegistry(registry).CreateCounter("c_total", "A counter.", "a").WithLabels("ü").Inc();

    [Fact]
    public async Task The_page_is_the_text_of_the_registry()
    {
        await using var app = await StartAsync(app => app.MapMetrics(registry: registry));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            "text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.GetValues("Content-Type").Single());
        Assert.Equal(await Scrape.TextAsync(registry), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_settings_name_registry_and_path()
    {
        await using var app = await StartAsync(app => app.MapMetrics(
            settings =>
            {
                settings.Registry = registry;
                settings.EnableOpenMetrics = false;
            },
            "/own/path"));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        // What a Prometheus server sends.
        client.DefaultRequestHeaders.Add(
            "Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1");

        using var page = await client.GetAsync(new Uri("/own/path", UriKind.Relative));
        using var missing = await client.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal("text/plain", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("c_total{a=\"ü\"} 1\n", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public void The_stand_in_says_that_it_has_no_OpenMetrics()
    {
        Scrape.SkipUnlessStandIn("The official package has it.");
        var refused = Assert.Throws<NotSupportedException>(
            () => new MetricServerMiddleware.Settings { EnableOpenMetrics = true });
        Assert.Contains("stand-in", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(Func<WebApplication, IEndpointConventionBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        Assert.NotNull(map(app));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
