using System.Net;

namespace Shortener.Tests.Server.Redirect;

public sealed class NotFollowedTests
{
    private const string Browser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    [Fact]
    public async Task Browsers_get_a_page_and_programs_a_problem()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var path in new[] { "/unknown", "/a", "/no/such/path", "/with%20space", "/" + new string('x', 65), "/favicon.ico" })
        {
            (await server.Client.ReadAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            var page = (await server.Client.ReadAsync(path, Browser)).Expect(HttpStatusCode.NotFound);
            Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
            Assert.Contains("There is no such link", page.Text, StringComparison.Ordinal);
            Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Equal("Accept", page.Header("Vary"));
            Assert.Empty((await server.Client.CallAsync("HEAD", path)).Expect(HttpStatusCode.NotFound).Bytes);
        }

        (await server.Client.ReadAsync("/", Browser)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Unknown_aliases_and_the_front_page_lead_to_the_default_page_where_one_is_set()
    {
        await using var server = await RunningServer.StartAsync("Redirect:DefaultUrl=https://example.com/home");
        foreach (var path in new[] { "/unknown", "/unknown", "/a", "/", "/no/such/path" })
        {
            var answer = (await server.Client.ReadAsync(path)).Expect(HttpStatusCode.Redirect);
            Assert.Equal("https://example.com/home", answer.Location);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        }

        (await server.Client.ReadAsync("/api/unknown")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        await server.CreateAsync(new { url = "https://example.com/", alias = "switched-off", state = "disabled" });
        (await server.Client.ReadAsync("/switched-off")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("410", HttpStatusCode.Gone, "link-expired")]
    [InlineData("404", HttpStatusCode.NotFound, "not-found")]
    public async Task An_expired_link_is_never_followed(string setting, HttpStatusCode status, string code)
    {
        await using var server = await RunningServer.StartAsync($"Redirect:ExpiredStatus={setting}");
        await server.CreateAsync(new { url = "https://example.com/", alias = "in-memory", ttl = 60 });
        await server.CreateAsync(new { url = "https://example.com/", alias = "not-in-memory", ttl = 60 });
        (await server.Client.ReadAsync("/in-memory")).Expect(HttpStatusCode.Redirect);
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        foreach (var alias in new[] { "in-memory", "not-in-memory", "not-in-memory" })
        {
            (await server.Client.ReadAsync($"/{alias}")).ExpectProblem(status, code);
            var page = (await server.Client.ReadAsync($"/{alias}", Browser)).Expect(status);
            Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.DoesNotContain("example.com", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_disabled_link_is_as_good_as_none()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "disabled", state = "disabled" });
        var disabled = await server.Client.ReadAsync("/disabled");
        disabled.ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal((await server.Client.ReadAsync("/never-was")).Bytes, disabled.Bytes);
    }
}
