using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Server.RateLimits;

namespace Shortener.Tests.Server.RateLimits;

/// <summary>The windows are of an hour and begin with the test, so that none ends within it.</summary>
public sealed class ApiRateLimitTests
{
    private const string Hour = "RateLimits:Window=01:00:00";

    [Fact]
    public async Task A_key_has_its_limit_and_the_answer_says_how_it_stands()
    {
        await using var server = await StartAsync("RateLimits:PerKey=3");
        using var other = server.ClientFor(await server.NewKeyAsync(RunningServer.EveryScope));
        for (var left = 2; left >= 0; left--)
        {
            var answer = (await server.Client.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
            Assert.Equal("\"key\";q=3;w=3600", answer.Header("RateLimit-Policy"));
            Assert.Matches($"^\"key\";r={left};t=[0-9]+$", answer.Header("RateLimit"));
        }

        var refused = await server.Client.ReadAsync(Api.Links);
        refused.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.StartsWith("\"key\";r=0;t=", refused.Header("RateLimit"));
        var retryAfter = int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture);
        Assert.InRange(retryAfter, 1, 3600);
        Assert.EndsWith($";t={retryAfter}", refused.Header("RateLimit"), StringComparison.Ordinal);
        (await other.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);

        server.Clock.Advance(TimeSpan.FromSeconds(retryAfter));
        (await server.Client.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_network_has_its_limit_whatever_keys_it_uses()
    {
        await using var server = await StartAsync("RateLimits:PerNetwork=4");
        using var nobody = server.ClientFor(null);
        using var other = server.ClientFor(await server.NewKeyAsync(RunningServer.EveryScope));
        (await server.Client.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        (await other.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        (await nobody.ReadAsync(Api.Links)).Expect(HttpStatusCode.Unauthorized);
        (await nobody.ReadAsync("/api/nothing")).Expect(HttpStatusCode.NotFound);
        foreach (var client in new[] { server.Client, other, nobody })
        {
            var refused = await client.ReadAsync(Api.Links);
            refused.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
            Assert.Equal("\"network\";q=4;w=3600", refused.Header("RateLimit-Policy"));
        }
    }

    [Fact]
    public async Task The_whole_api_has_its_limit_and_visits_go_on()
    {
        await using var server = await StartAsync("RateLimits:WholeApi=2");
        using var other = server.ClientFor(await server.NewKeyAsync(RunningServer.EveryScope));
        await server.CreateAsync(new { url = "https://example.com/", alias = "goes-on" });
        (await other.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        var refused = await server.Client.ReadAsync(Api.Links);
        refused.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.StartsWith("\"api\";q=2;", refused.Header("RateLimit-Policy"));
        (await server.Client.ReadAsync("/goes-on")).Expect(HttpStatusCode.Redirect);
        (await server.Client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_guesses_aliases_is_stopped_and_links_in_memory_are_followed_all_the_same()
    {
        await using var server = await StartAsync("RateLimits:UnknownAliases=5");
        await server.CreateAsync(new { url = "https://example.com/", alias = "in-memory" });
        await server.CreateAsync(new { url = "https://example.com/", alias = "not-in-memory" });
        (await server.Client.ReadAsync("/in-memory")).Expect(HttpStatusCode.Redirect);
        for (var i = 0; i < 5; i++) (await server.Client.ReadAsync($"/guess-{i % 3}")).Expect(HttpStatusCode.NotFound);
        foreach (var path in new[] { "/guess-0", "/guess-9", "/not-in-memory" })
        {
            var refused = await server.Client.ReadAsync(path);
            refused.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
            Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 3600);
            (await server.Client.ReadAsync(path, "Accept: text/html")).Expect(HttpStatusCode.TooManyRequests);
        }

        (await server.Client.ReadAsync("/in-memory")).Expect(HttpStatusCode.Redirect);
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await server.Client.ReadAsync("/not-in-memory")).Expect(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task What_one_key_is_refused_costs_its_network_nothing_and_is_counted()
    {
        await using var server = await StartAsync("RateLimits:PerKey=1", "RateLimits:PerNetwork=2");
        using var other = server.ClientFor(await server.NewKeyAsync(RunningServer.EveryScope));
        (await server.Client.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        for (var i = 0; i < 3; i++) (await server.Client.ReadAsync(Api.Links)).Expect(HttpStatusCode.TooManyRequests);
        (await other.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        Assert.Equal(3, server.Services.GetRequiredService<ApiRateLimiter>().Rejected);
    }

    [Fact]
    public async Task What_one_network_is_refused_costs_the_others_nothing()
    {
        await using var server = await StartAsync(
            "RateLimits:PerNetwork=1", "RateLimits:WholeApi=2", "Server:KnownProxies=127.0.0.1");
        Task<ApiAnswer> From(string client) => server.Client.ReadAsync(Api.Links, $"X-Forwarded-For: {client}");
        (await From("192.0.2.1")).Expect(HttpStatusCode.OK);
        for (var i = 0; i < 3; i++) (await From("192.0.2.1")).Expect(HttpStatusCode.TooManyRequests);
        (await From("192.0.2.2")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_network_is_refused_counts_once_for_its_key()
    {
        await using var server = await StartAsync("RateLimits:PerKey=3", "RateLimits:PerNetwork=1", "Server:KnownProxies=127.0.0.1");
        Task<ApiAnswer> From(string client) => server.Client.ReadAsync(Api.Links, $"X-Forwarded-For: {client}");
        (await From("192.0.2.1")).Expect(HttpStatusCode.OK);
        (await From("192.0.2.1")).Expect(HttpStatusCode.TooManyRequests);
        (await From("192.0.2.2")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Forwarding_headers_of_strangers_change_nothing()
    {
        await using var server = await StartAsync("RateLimits:PerNetwork=2");
        for (var i = 0; i < 2; i++) (await server.Client.ReadAsync(Api.Links, $"X-Forwarded-For: 192.0.2.{i}")).Expect(HttpStatusCode.OK);
        foreach (var header in new[] { "X-Forwarded-For: 192.0.2.9", "Forwarded: for=192.0.2.9", "X-Real-IP: 192.0.2.9" })
            (await server.Client.ReadAsync(Api.Links, header)).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Behind_a_known_proxy_a_client_is_the_last_address_that_no_proxy_has()
    {
        await using var server = await StartAsync("RateLimits:PerNetwork=1", "Server:KnownProxies=127.0.0.1,10.0.0.0/8");
        Task<ApiAnswer> From(string forwarded) => server.Client.ReadAsync(Api.Links, $"X-Forwarded-For: {forwarded}");
        (await From("192.0.2.1")).Expect(HttpStatusCode.OK);
        (await From("192.0.2.1")).Expect(HttpStatusCode.TooManyRequests);
        (await From("198.51.100.7, 192.0.2.1")).Expect(HttpStatusCode.TooManyRequests);
        (await From("192.0.2.1, 10.1.2.3")).Expect(HttpStatusCode.TooManyRequests);
        (await From("192.0.2.2")).Expect(HttpStatusCode.OK);
        (await From("2001:db8:1:2::1")).Expect(HttpStatusCode.OK);
        (await From("2001:db8:1:2:ffff::1")).Expect(HttpStatusCode.TooManyRequests);
        (await From("2001:db8:1:3::1")).Expect(HttpStatusCode.OK);
    }

    private static async Task<RunningServer> StartAsync(params string[] settings)
    {
        var server = await RunningServer.StartAsync([Hour, .. settings]);
        server.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(server.Clock.GetUtcNow().UtcTicks % TimeSpan.TicksPerHour));
        return server;
    }
}
