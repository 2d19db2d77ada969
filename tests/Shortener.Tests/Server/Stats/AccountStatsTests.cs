using System.Net;
using System.Text.Json;
using Shortener.Core.Visits;

namespace Shortener.Tests.Server.Stats;

/// <summary>All links of an owner together, and totals in lists.</summary>
public sealed class AccountStatsTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_owner_sees_the_visits_of_all_links_and_none_of_others()
    {
        await new StoredVisits(_server)
            .Add(StoredVisits.AllOf("default"), "2026-03-01T10:00Z", 3, 1)
            .Add(StoredVisits.AllOf("default"), "2026-03-01T10:00Z", 3, 1, VisitDimension.Browser, "Firefox")
            .Add(StoredVisits.AllOf("other"), "2026-03-01T10:00Z", 20)
            .Add(new LinkGeneration("", 0), "2026-03-01T10:00Z", 500)
            .StoreAsync();
        var stats = await StatsAnswer.OfAllAsync(_server.Client, "from=2026-03-01&to=2026-03-02&dimension=browser&bots=include");
        Assert.Equal((3, 1, 0), stats.Total);
        Assert.Equal(["2026-03-01T00:00Z 4"], stats.Intervals);
        Assert.Equal(["Firefox 4"], stats.Values);
        using var other = _server.ClientFor(await _server.NewKeyAsync(RunningServer.EveryScope, "other"));
        Assert.Equal(20, (await StatsAnswer.OfAllAsync(other, "from=2026-03-01&to=2026-03-02")).Total.People);
    }

    [Fact]
    public async Task Links_show_all_of_their_visits_wherever_they_are_read()
    {
        foreach (var alias in new[] { "first", "second", "third" }) await _server.CreateAsync(new { url = "https://example.com/", alias });
        await new StoredVisits(_server).Add("first", "2024-03-01T10:00Z", 3, 1).Add("first", "2026-03-01T10:00Z", 4)
            .Add("third", "2026-03-01T10:00Z", 0, 9).StoreAsync();
        var items = (await _server.Client.ReadAsync($"{Api.Links}?limit=3")).Expect(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Equal(["third 0 9", "second 0 0", "first 7 1"], items.EnumerateArray().Select(Visits));
        var link = (await _server.Client.OfLinkAsync("GET", "first")).Expect(HttpStatusCode.OK);
        Assert.Equal("first 7 1", Visits(link.Json));

        // What was read may be sent back.
        var changed = (await _server.Client.OfLinkAsync("PUT", "first", link.Bytes)).Expect(HttpStatusCode.OK);
        Assert.False(changed.Json.TryGetProperty("visits", out _));
    }

    private static string Visits(JsonElement link) =>
        $"{link.GetProperty("alias").GetString()} {link.GetProperty("visits").GetProperty("people")} {link.GetProperty("visits").GetProperty("bots")}";
}
