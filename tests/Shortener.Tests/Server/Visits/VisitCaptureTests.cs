using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Visits;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server.Visits;

/// <summary>From a request to the counts in the store.</summary>
public sealed class VisitCaptureTests : IAsyncLifetime
{
    private const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    private static readonly LinkGeneration Promo = new("promo", 1);

    private RunningServer _server = null!;

    private IVisitStore Store => _server.Services.GetRequiredService<IVisitStore>();

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync("Server:KnownProxies=127.0.0.1");
        await _server.CreateAsync(new { url = "https://example.com/", alias = "promo" });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_visit_counts_for_its_link_and_its_owner_by_all_that_it_tells()
    {
        await VisitAsync(
            "/promo?utm_source=news&utm_medium=mail&utm_campaign=autumn&utm_term=shoes&utm_content=top",
            ("User-Agent", Chrome), ("Referer", "https://www.example.org/page"), ("Accept-Language", "de-CH, en;q=0.8"));
        await _server.RestartAsync();

        foreach (var link in new[] { Promo, VisitCounter.AllOf("default") })
        {
            Assert.Equal(new VisitTotal(1, 0), await TotalAsync(link));
            Assert.Equal(
                ["", "example.org", "", "Chrome", "Windows", "Desktop", "de", "news", "mail", "autumn", "shoes", "top"],
                await Task.WhenAll(Enum.GetValues<VisitDimension>().Select(async dimension => Assert.Single(await ReadAsync(link, dimension)).Value)));
            var day = Assert.Single(await Store.VisitorsAsync(link, Today, Today, CancellationToken.None));
            Assert.Equal(1, day.Visitors.Count);
        }
    }

    [Fact]
    public async Task A_first_visit_that_memory_does_not_know_counts_as_any_other()
    {
        await _server.RestartAsync();
        for (var i = 0; i < 3; i++) await VisitAsync("/promo", ("User-Agent", Chrome));
        await _server.RestartAsync();
        Assert.Equal(new VisitTotal(3, 0), await TotalAsync(Promo));
    }

    [Theory]
    [InlineData("HEAD", "User-Agent", Chrome)]
    [InlineData("GET", "Sec-Purpose", "prefetch;prerender")]
    [InlineData("GET", "Purpose", "prefetch")]
    [InlineData("GET", "X-Moz", "prefetch")]
    public async Task What_nobody_looks_at_is_answered_and_not_counted(string method, string header, string value)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/promo");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await _server.RestartAsync();
        Assert.Equal(default, await TotalAsync(Promo));
    }

    [Fact]
    public async Task Programs_and_previews_are_counted_apart_and_are_no_visitors()
    {
        await VisitAsync("/promo", ("User-Agent", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"));
        await VisitAsync("/promo");
        await VisitAsync("/promo", ("User-Agent", Chrome));
        await _server.RestartAsync();
        Assert.Equal(new VisitTotal(1, 2), await TotalAsync(Promo));
        Assert.Equal(1, Assert.Single(await Store.VisitorsAsync(Promo, Today, Today, CancellationToken.None)).Visitors.Count);
    }

    [Fact]
    public async Task Unknown_aliases_are_counted_together_and_expired_links_not_at_all()
    {
        await _server.CreateAsync(new { url = "https://example.com/", alias = "brief", expiresAt = _server.Clock.GetUtcNow().AddMinutes(1) });
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync("/brief")).StatusCode);
        foreach (var path in new[] { "/nothing1", "/nothing2", "/nothing2" }) Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);
        await _server.RestartAsync();
        Assert.Equal(3, (await TotalAsync(VisitCounter.UnknownAliases)).Bots);
        Assert.Equal(default, await TotalAsync(new LinkGeneration("brief", 1)));
        Assert.Equal(default, await TotalAsync(VisitCounter.AllOf("default")));
    }

    [Fact]
    public async Task A_link_that_is_made_anew_starts_at_nothing()
    {
        await VisitAsync("/promo", ("User-Agent", Chrome));
        (await _server.Client.OfLinkAsync("DELETE", "promo")).Expect(HttpStatusCode.NoContent);
        await _server.CreateAsync(new { url = "https://example.com/", alias = "promo" });
        for (var i = 0; i < 2; i++) await VisitAsync("/promo", ("User-Agent", Chrome));
        await _server.RestartAsync();
        Assert.Equal(new VisitTotal(1, 0), await TotalAsync(Promo));
        Assert.Equal(new VisitTotal(2, 0), await TotalAsync(new LinkGeneration("promo", 2)));
        Assert.Equal(new VisitTotal(3, 0), await TotalAsync(VisitCounter.AllOf("default")));
    }

    [Fact]
    public async Task Of_an_address_only_the_masked_form_leaves_memory()
    {
        await VisitAsync("/promo", ("User-Agent", Chrome), ("X-Forwarded-For", "203.0.113.77"));
        var bytes = Directory.GetFiles(Path.Combine(_server.DataDirectory, "visits"), "*.visits").SelectMany(ReadShared).ToArray();
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Chrome)) > 0, "the visit is there");
        Assert.True(bytes.AsSpan().IndexOf(new byte[] { 203, 0, 113, 0 }) > 0, "and its network");
        Assert.Equal(-1, bytes.AsSpan().IndexOf(new byte[] { 203, 0, 113, 77 }));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("203.0.113.77"u8));
    }

    [Fact]
    public async Task What_was_captured_stored_and_dropped_adds_up()
    {
        for (var i = 0; i < 20; i++) await VisitAsync("/promo", ("User-Agent", Chrome));
        Assert.Equal((20, 0, 20), await AccountsAsync());
        await Until.TrueAsync(async () =>
        {
            // The clock moves by hand, and with it the upkeep.
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            return await AccountsAsync() == (20, 20, 0);
        });
        Assert.Equal(new VisitTotal(20, 0), await TotalAsync(Promo));
    }

    [Fact]
    public async Task Without_visits_none_is_kept()
    {
        await using var server = await RunningServer.StartAsync("Visits:Enabled=false");
        await server.CreateAsync(new { url = "https://example.com/", alias = "promo" });
        (await server.Client.ReadAsync("/promo")).Expect(HttpStatusCode.Redirect);
        Assert.False(Directory.Exists(Path.Combine(server.DataDirectory, "visits")));
        Assert.DoesNotContain("visits_captured", (await server.Client.ReadAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    private DateOnly Today => DateOnly.FromDateTime(_server.Clock.GetUtcNow().UtcDateTime);

    private async Task<(double? Captured, double? Stored, double? Pending)> AccountsAsync()
    {
        var page = (await _server.Client.ReadAsync("/metrics")).Expect(HttpStatusCode.OK).Text;
        foreach (var reason in new[] { "full", "not_ready", "no_disk" })
            Assert.Equal(0, Compat.Scrape.Value(page, $"shortener_visits_dropped_total{{reason=\"{reason}\"}}"));
        return (Value("captured_total"), Value("stored_total"), Value("pending"));

        double? Value(string name) => Compat.Scrape.Value(page, $"shortener_visits_{name}");
    }

    private async Task<VisitTotal> TotalAsync(LinkGeneration link) => Assert.Single(await Store.TotalsAsync([link], CancellationToken.None));

    private Task<IReadOnlyList<VisitCount>> ReadAsync(LinkGeneration link, VisitDimension dimension)
    {
        var now = _server.Clock.GetUtcNow();
        return Store.ReadAsync(
            new VisitQuery(link, now.AddDays(-1), now.AddDays(1), dimension, VisitInterval.Month), CancellationToken.None);
    }

    private async Task VisitAsync(string path, params (string Name, string Value)[] headers) =>
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync(path, headers)).StatusCode);

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var answer = await _server.Client.SendAsync(request);
        return answer;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
