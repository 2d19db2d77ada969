using System.Net;
using Shortener.Core.Access;
using Shortener.Core.Visits.Live;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server.Live;

/// <summary>Visits as they come.</summary>
public sealed class LiveVisitTests : IAsyncLifetime
{
    private const string Everything = "/api/v1/visits/live";

    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        foreach (var alias in (string[])["promo", "other"]) await _server.CreateAsync(new { url = "https://example.com/", alias });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_visit_is_told_at_once_to_who_follows_its_link_or_all_links_of_its_owner()
    {
        await using var link = await FollowAsync("promo");
        await using var all = await FollowedVisits.OpenAsync(_server.Client, Everything);
        var before = _server.Clock.GetUtcNow().AddMilliseconds(-1);
        await VisitAsync("other");
        await _server.Client.CallAsync("HEAD", "/promo");
        await VisitAsync("promo", $"User-Agent: {Firefox}", "Referer: https://www.example.org/page", "Accept-Language: de-CH");

        var told = (await link.NextAsync())!.Value;
        Assert.Equal(("promo", 0), (told.GetProperty("alias").GetString(), told.GetProperty("leftOut").GetInt32()));
        var visit = told.GetProperty("visit");
        Assert.InRange(visit.GetProperty("time").GetDateTimeOffset(), before, _server.Clock.GetUtcNow());
        Assert.Equal(
            ["Firefox", "Windows", "Desktop", "de", "example.org"],
            ((string[])["browser", "system", "device", "language", "referrer"]).Select(name => visit.GetProperty(name).GetString()));
        Assert.False(visit.GetProperty("isBot").GetBoolean());
        foreach (var alias in (string[])["other", "promo"]) Assert.Equal(alias, (await all.NextAsync())!.Value.GetProperty("alias").GetString());
    }

    [Fact]
    public async Task Of_a_flood_a_hundred_a_second_are_told_and_the_others_counted()
    {
        const int Visits = 1_000;
        await using var link = await FollowAsync("promo");
        await Parallel.ForAsync(0, Visits, async (_, _) => await VisitAsync("promo"));
        var (told, leftOut) = (0, 0L);
        // What was left out is told with the next visit.
        while (told + leftOut < Visits)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            await VisitAsync("promo");
            while (true)
            {
                var visit = (await link.NextAsync())!.Value;
                (told, leftOut) = (told + 1, leftOut + visit.GetProperty("leftOut").GetInt64());
                if (visit.GetProperty("leftOut").GetInt64() > 0 || told + leftOut >= Visits) break;
            }
        }

        Assert.InRange(leftOut, 1, Visits);
    }

    [Fact]
    public async Task It_ends_when_its_time_is_over_and_when_the_service_stops()
    {
        await using (var brief = await FollowedVisits.OpenAsync(_server.Client, $"{Everything}?seconds=1")) Assert.Null(await brief.NextAsync());
        await using var stopped = await FollowedVisits.OpenAsync(_server.Client, Everything);
        var next = stopped.NextAsync();
        await _server.RestartAsync();
        Assert.Null(await next);
    }

    [Fact]
    public async Task It_ends_soon_after_its_key_was_revoked()
    {
        var (id, key) = await NewKeyAsync();
        using var client = _server.ClientFor(key);
        await using var feed = await FollowedVisits.OpenAsync(client, Everything);
        await VisitAsync("promo");
        Assert.NotNull(await feed.NextAsync());
        (await _server.Client.CallAsync("DELETE", $"{Api.Keys}/{id}")).Expect(HttpStatusCode.NoContent);
        _server.Clock.Advance(TimeSpan.FromSeconds(15));
        await VisitAsync("promo");
        Assert.Null(await feed.NextAsync());
    }

    [Fact]
    public async Task Where_visits_are_not_counted_there_is_no_feed()
    {
        await using var server = await RunningServer.StartAsync("Visits:Enabled=false");
        (await server.Client.ReadAsync(Everything)).ExpectProblem(HttpStatusCode.Conflict, "visits-not-counted");
    }

    [Fact]
    public async Task Only_the_owner_follows_and_so_many_at_once()
    {
        using var stranger = _server.ClientFor(await _server.NewKeyAsync(RunningServer.EveryScope, "other"));
        (await stranger.ReadAsync(Path("promo"))).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await _server.Client.ReadAsync($"{Everything}?seconds=3601&x=1")).ExpectInvalid("seconds", "x");
        await using var strangers = await FollowedVisits.OpenAsync(stranger, Everything);
        var feeds = new List<FollowedVisits>();
        while (feeds.Count < LiveVisits.MaxFeedsPerOwner) feeds.Add(await FollowAsync("promo"));
        var refused = await _server.Client.ReadAsync(Everything);
        refused.ExpectProblem(HttpStatusCode.TooManyRequests, "too-many-feeds");
        Assert.Equal("15", refused.Header("Retry-After"));

        await using (await FollowedVisits.OpenAsync(stranger, Everything))
        {
            foreach (var feed in feeds) await feed.DisposeAsync();
        }

        await VisitAsync("promo");
        using var reader = _server.ClientFor(await _server.NewKeyAsync(Scopes.Read));
        await Until.TrueAsync(async () => (await reader.ReadAsync($"{Everything}?seconds=1")).Status == 200);
        await using var last = await FollowedVisits.OpenAsync(stranger, $"{Everything}?seconds=1");
        Assert.Null(await last.NextAsync());
    }

    [Fact]
    public async Task Over_Redis_visits_of_every_process_are_told()
    {
        await using var redis = new RedisServer();
        await redis.InitializeAsync();
        var setting = $"Redis:Connection={redis.Address}";
        await using var here = await RunningServer.StartAsync(setting);
        await using var there = await RunningServer.StartAsync(setting);
        foreach (var server in (RunningServer[])[here, there])
        {
            await server.CreateAsync(new { url = "https://example.com/", alias = "promo" });
            await Until.TrueAsync(async () => (await server.Client.ReadAsync("/metrics")).Text.Contains("shortener_redis_up 1\n", StringComparison.Ordinal));
        }

        await using var feed = await FollowedVisits.OpenAsync(here.Client, Everything);
        var told = feed.NextAsync();
        // The other process may not have heard yet that its visits are wanted.
        await Until.TrueAsync(async () =>
        {
            (await there.Client.ReadAsync("/promo?utm_source=there")).Expect(HttpStatusCode.Redirect);
            return told.IsCompleted;
        });
        var visit = (await told)!.Value.GetProperty("visit");
        Assert.Equal("there", visit.GetProperty("utmSource").GetString());

        // A visit of its own process is told once, and not again by Redis.
        (await here.Client.ReadAsync("/promo?utm_source=here")).Expect(HttpStatusCode.Redirect);
        (await here.Client.ReadAsync("/promo?utm_source=last")).Expect(HttpStatusCode.Redirect);
        var sources = new List<string?>();
        while (sources.LastOrDefault() != "last")
            sources.Add((await feed.NextAsync())!.Value.GetProperty("visit").GetProperty("utmSource").GetString());
        Assert.Equal(["here", "last"], sources.Where(source => source != "there"));
    }

    private async Task<(string Id, string Key)> NewKeyAsync()
    {
        var text = await _server.NewKeyAsync(Scopes.Read);
        Assert.True(DeveloperKeyText.TryParseId(text, out var id));
        return (id, text);
    }

    private static string Path(string alias) => $"{Api.Links}/{alias}/visits/live";

    private Task<FollowedVisits> FollowAsync(string alias) => FollowedVisits.OpenAsync(_server.Client, Path(alias));

    private async Task VisitAsync(string alias, params string[] headers) =>
        (await _server.Client.ReadAsync($"/{alias}", headers)).Expect(HttpStatusCode.Redirect);
}
