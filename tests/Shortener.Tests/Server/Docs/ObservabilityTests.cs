using System.Net;
using Shortener.Tests.Compat;

namespace Shortener.Tests.Server.Docs;

public sealed class ObservabilityTests
{
    [Fact]
    public async Task Metrics_are_what_prometheus_wants_and_count_what_happens()
    {
        await using var server = await RunningServer.StartAsync("RateLimits:UnknownAliases=2", "RateLimits:Window=1.00:00:00");
        await server.CreateAsync(new { url = "https://example.com/", alias = "counted" });
        await server.CreateAsync(new { url = "https://example.com/", alias = "expiring", ttl = 1 });
        await server.CreateAsync(new { url = "https://example.com/", alias = "disabled", state = "disabled" });
        var before = await PageAsync(server);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var path in new[] { "/counted", "/counted", "/counted", "/expiring", "/disabled", "/unknown-1", "/unknown-2", "/unknown-3" })
            await server.Client.ReadAsync(path);
        (await server.Client.OfLinkAsync("GET", "counted")).Expect(HttpStatusCode.OK);
        (await server.Client.OfLinkAsync("GET", "absent")).Expect(HttpStatusCode.NotFound);
        await server.CreateAsync(new { url = "https://example.com/" });
        var after = await PageAsync(server);
        foreach (var (sample, change) in new[]
        {
            ("redirects_total{result=\"found\"}", 3.0), ("redirects_total{result=\"expired\"}", 1), ("redirects_total{result=\"disabled\"}", 1),
            ("redirects_total{result=\"unknown\"}", 2), ("redirects_total{result=\"failed\"}", 0), ("rate_limited_total{limit=\"unknown_aliases\"}", 1),
            ("rate_limited_total{limit=\"api\"}", 0), ("cache_entries{cache=\"links\"}", 3), ("cache_entries{cache=\"misses\"}", 2),
            ("store_writes_total", 1), ("link_lookups_total", 5),
            ("api_request_duration_seconds_count{operation=\"getLink\",status=\"200\"}", 1),
            ("api_request_duration_seconds_count{operation=\"getLink\",status=\"404\"}", 1),
            ("api_request_duration_seconds_count{operation=\"createLink\",status=\"201\"}", 1),
        })
        {
            var (then, now) = (Scrape.Value(before, "shortener_" + sample) ?? 0, Scrape.Value(after, "shortener_" + sample));
            if (now - then != change) Assert.Fail($"{sample} went from {then} to {now}.");
        }

        await Promtool.AssertCleanAsync(before);
        await Promtool.AssertCleanAsync(after);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_runs_is_alive_and_ready()
    {
        await using var server = await RunningServer.StartAsync();
        using var nobody = server.ClientFor(null);
        // Until the first keys wait in the pool.
        while ((await nobody.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK).StringOf("status") == "Degraded") await Task.Yield();
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            var health = (await nobody.ReadAsync(path)).Expect(HttpStatusCode.OK);
            Assert.Equal("Healthy", health.StringOf("status"));
            Assert.Contains("no-store", health.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_database_is_not_ready()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "cached" });
        (await server.Client.ReadAsync("/cached")).Expect(HttpStatusCode.Redirect);
        await server.DamageDatabaseAsync();
        (await server.Client.ReadAsync("/health/ready")).Expect(HttpStatusCode.ServiceUnavailable);
        (await server.Client.ReadAsync("/health/live")).Expect(HttpStatusCode.OK);
        (await server.Client.ReadAsync("/unknown")).ExpectProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
        (await server.Client.ReadAsync("/cached")).Expect(HttpStatusCode.Redirect);
    }

    private static async Task<string> PageAsync(RunningServer server) => (await server.Client.ReadAsync("/metrics")).Expect(HttpStatusCode.OK).Text;
}
