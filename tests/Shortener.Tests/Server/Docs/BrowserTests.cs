using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shortener.Tests.Server.Docs;

public sealed class BrowserTests
{
    [Fact]
    public async Task The_documentation_shows_every_operation_and_fetches_nothing_from_elsewhere()
    {
        await using var server = await RunningServer.StartAsync();
        var (page, netLog) = await Chromium.OpenAsync(new Uri(server.Address, "/docs"));
        foreach (var summary in new[] { "Makes a link", "Lists your links", "Shows a link", "Replaces a link", "Deletes a link", "Makes a developer key", "Revokes a developer key" })
            Assert.Contains(summary, page, StringComparison.Ordinal);
        // The browser asks for updates of its own; what a page asks for has that page's origin as its initiator.
        var requested = RequestsOfPages(netLog);
        Assert.Contains(requested, url => url.AbsolutePath == "/openapi/v1.json");
        Assert.All(requested, url => Assert.Equal(server.Address.Authority, url.Authority));
    }

    [Fact]
    public async Task A_link_followed_in_a_browser_lands_on_its_destination()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var destination = builder.Build();
        destination.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync($"<p>arrived at {context.Request.Path} with {context.Request.Query["q"]}</p>");
        });
        await destination.StartAsync();
        await using var server = await RunningServer.StartAsync();
        var made = await server.CreateAsync(new { url = $"{destination.Urls.First()}/a/b?q=ü" });
        var (page, _) = await Chromium.OpenAsync(new Uri(made.GetProperty("shortUrl").GetString()!));
        Assert.Contains("arrived at /a/b with ü", page, StringComparison.Ordinal);
        var (unknown, _) = await Chromium.OpenAsync(new Uri(server.Address, "/no-such-link"));
        Assert.Contains("There is no such link", unknown, StringComparison.Ordinal);
    }

    private static List<Uri> RequestsOfPages(string netLog)
    {
        using var log = JsonDocument.Parse(netLog);
        return [.. log.RootElement.GetProperty("events").EnumerateArray()
            .Where(happened => happened.TryGetProperty("params", out var about) && about.TryGetProperty("initiator", out var initiator)
                && initiator.GetString()!.StartsWith("http", StringComparison.Ordinal) && about.TryGetProperty("url", out _))
            .Select(happened => new Uri(happened.GetProperty("params").GetProperty("url").GetString()!))];
    }
}
