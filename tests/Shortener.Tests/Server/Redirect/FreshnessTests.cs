using System.Net;

namespace Shortener.Tests.Server.Redirect;

/// <summary>What the API has answered counts from the very next visit on, whatever memory knew before.</summary>
public sealed class FreshnessTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_link_made_where_there_was_none_is_followed_at_once()
    {
        for (var i = 0; i < 20; i++)
        {
            (await _client.ReadAsync($"/just-made-{i}")).Expect(HttpStatusCode.NotFound);
            (await _client.ReadAsync($"/just-made-{i}")).Expect(HttpStatusCode.NotFound);
            await shared.Running.CreateAsync(new { url = "https://example.com/", alias = $"just-made-{i}" });
            (await _client.ReadAsync($"/just-made-{i}")).Expect(HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task Changes_count_at_once()
    {
        await shared.Running.CreateAsync(new { url = "https://example.com/0", alias = "changing" });
        for (var i = 1; i <= 20; i++)
        {
            (await _client.ReadAsync("/changing")).Expect(HttpStatusCode.Redirect);
            var method = i % 2 == 0 ? "PUT" : "PATCH";
            (await _client.OfLinkAsync(method, "changing", new { url = $"https://example.com/{i}" })).Expect(HttpStatusCode.OK);
            Assert.Equal($"https://example.com/{i}", (await _client.ReadAsync("/changing")).Location);
        }

        (await _client.OfLinkAsync("DELETE", "changing")).Expect(HttpStatusCode.NoContent);
        (await _client.ReadAsync("/changing")).Expect(HttpStatusCode.NotFound);
        await shared.Running.CreateAsync(new { url = "https://example.com/again", alias = "changing" });
        Assert.Equal("https://example.com/again", (await _client.ReadAsync("/changing")).Location);
    }

    [Fact]
    public async Task Visitors_never_see_what_was_before_an_answered_change()
    {
        await shared.Running.CreateAsync(new { url = "https://example.com/0", alias = "raced" });
        var answered = 0;
        using var stop = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var atLeast = Volatile.Read(ref answered);
                var location = (await _client.ReadAsync("/raced")).Location!;
                Assert.True(int.Parse(location["https://example.com/".Length..], System.Globalization.CultureInfo.InvariantCulture) >= atLeast);
            }
        }).ToList();
        for (var i = 1; i <= 60; i++)
        {
            (await _client.OfLinkAsync("PATCH", "raced", new { url = $"https://example.com/{i}" })).Expect(HttpStatusCode.OK);
            Volatile.Write(ref answered, i);
        }

        await stop.CancelAsync();
        await Task.WhenAll(visitors);
        Assert.Equal("https://example.com/60", (await _client.ReadAsync("/raced")).Location);
    }
}
