using Shortener.Core.Visits;

namespace Shortener.Tests.Server.Stats;

public sealed class LinkStatsTests : IAsyncLifetime
{
    private const string Link = "counted";
    private const string Range = "from=2026-03-01&to=2026-03-04";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.CreateAsync(new { url = "https://example.com/", alias = Link });
        await _server.CreateAsync(new { url = "https://example.com/", alias = "quiet" });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Visits_are_added_up_by_interval_and_intervals_without_any_are_there()
    {
        await new StoredVisits(_server)
            .Add(Link, "2026-03-01T00:00Z", 1).Add(Link, "2026-03-01T23:00Z", 2, 5).Add(Link, "2026-03-03T23:00Z", 4)
            .Add(Link, "2026-02-28T23:00Z", 100).Add(Link, "2026-03-04T00:00Z", 100).Add("quiet", "2026-03-02T00:00Z", 100)
            .StoreAsync();
        var days = await ReadAsync(Range);
        Assert.Equal(["2026-03-01T00:00Z 3", "2026-03-02T00:00Z 0", "2026-03-03T00:00Z 4"], days.Intervals);
        Assert.Equal((7, 5, 0), days.Total);
        var hours = await ReadAsync("from=2026-03-01T22:00:00Z&to=2026-03-02T01:00:00Z&interval=hour");
        Assert.Equal(["2026-03-01T22:00Z 0", "2026-03-01T23:00Z 2", "2026-03-02T00:00Z 0"], hours.Intervals);
        var months = await ReadAsync("from=2026-02-28&to=2026-04-02&interval=month");
        Assert.Equal(["2026-02-01T00:00Z 100", "2026-03-01T00:00Z 107", "2026-04-01T00:00Z 0"], months.Intervals);
    }

    [Theory]
    [InlineData("exclude", 3, "a 2", "b 1")]
    [InlineData("include", 8, "c 4", "a 3", "b 1")]
    [InlineData("only", 5, "c 4", "a 1")]
    public async Task Who_asks_chooses_whether_robots_count(string bots, long visits, params string[] values)
    {
        await new StoredVisits(_server).Add(Link, "2026-03-01T10:00Z", 3, 5)
            .Add(Link, "2026-03-01T10:00Z", VisitDimension.UtmSource, "a", 2, 1)
            .Add(Link, "2026-03-01T10:00Z", VisitDimension.UtmSource, "b", 1)
            .Add(Link, "2026-03-01T10:00Z", VisitDimension.UtmSource, "c", 0, 4)
            .StoreAsync();
        var stats = await ReadAsync($"from=2026-03-01&to=2026-03-02&dimension=utm_source&bots={bots}");
        Assert.Equal([$"2026-03-01T00:00Z {visits}"], stats.Intervals);
        Assert.Equal((3, 5, 0), stats.Total);
        Assert.Equal(values, stats.Values);
        Assert.Equal(0, stats.OtherVisits);
    }

    [Fact]
    public async Task The_values_with_the_most_visits_come_first_and_the_others_are_added_up()
    {
        var visits = new StoredVisits(_server).Add(Link, "2026-03-01T10:00Z", VisitDimension.Referrer, DayCounts.Other, 50);
        foreach (var day in new[] { 1, 2 })
        {
            foreach (var (value, people) in new[] { ("b.example", 2), ("a.example", 2), ("c.example", 5), ("", 1) })
                visits.Add(Link, $"2026-03-0{day}T12:00Z", VisitDimension.Referrer, value, people);
        }

        await visits.Add(Link, "2026-03-02T12:00Z", VisitDimension.Country, "DE", 7).StoreAsync();
        var all = await ReadAsync($"{Range}&dimension=referrer");
        Assert.Equal(["c.example 10", "a.example 4", "b.example 4", " 2"], all.Values);
        Assert.Equal(50, all.OtherVisits);
        var some = await ReadAsync($"{Range}&dimension=referrer&limit=2");
        Assert.Equal(["c.example 10", "a.example 4"], some.Values);
        Assert.Equal(56, some.OtherVisits);
        Assert.Equal(["DE 7"], (await ReadAsync($"{Range}&dimension=country")).Values);
        Assert.Empty((await ReadAsync($"{Range}&dimension=total")).Values);
    }

    [Fact]
    public async Task Every_dimension_has_a_name()
    {
        var visits = new StoredVisits(_server);
        foreach (var dimension in Enum.GetValues<VisitDimension>())
            visits.Add(Link, "2026-03-01T10:00Z", dimension, dimension == VisitDimension.Total ? "" : $"{dimension}", 1);
        await visits.StoreAsync();
        foreach (var (name, value) in new[]
        {
            ("referrer", "Referrer"), ("country", "Country"), ("browser", "Browser"), ("system", "System"), ("device", "Device"),
            ("language", "Language"), ("utm_source", "UtmSource"), ("utm_medium", "UtmMedium"), ("utm_campaign", "UtmCampaign"),
            ("utm_term", "UtmTerm"), ("utm_content", "UtmContent"),
        })
        {
            Assert.Equal([$"{value} 1"], (await ReadAsync($"{Range}&dimension={name}")).Values);
        }
    }

    [Fact]
    public async Task Visitors_of_several_days_are_those_of_the_days_in_the_range()
    {
        await new StoredVisits(_server)
            .AddVisitors(Link, "2026-02-28T10:00Z", 1, 2).AddVisitors(Link, "2026-03-01T10:00Z", 3, 4, 5)
            .AddVisitors(Link, "2026-03-03T10:00Z", 5, 6).AddVisitors(Link, "2026-03-04T00:00Z", 7).StoreAsync();
        Assert.Equal(4, (await ReadAsync(Range)).Total.Visitors);
        Assert.Equal(4, (await ReadAsync($"{Range}&timezone=Europe/Berlin")).Total.Visitors);
        Assert.Equal(4, (await ReadAsync($"{Range}&timezone=America/New_York")).Total.Visitors);
        Assert.Equal(3, (await ReadAsync("from=2026-03-01T09:00:00Z&to=2026-03-01T11:00:00Z")).Total.Visitors);
        Assert.Equal(0, (await ReadAsync("from=2026-03-01T11:00:00Z&to=2026-03-01T12:00:00Z")).Total.Visitors);
    }

    [Fact]
    public async Task Without_a_range_it_is_30_days_up_to_now()
    {
        var now = _server.Clock.GetUtcNow();
        var stats = await ReadAsync("");
        Assert.Equal(30, stats.Intervals.Length);
        Assert.StartsWith($"{now.AddDays(-29):yyyy-MM-dd}T00:00Z", stats.Intervals[0], StringComparison.Ordinal);
        var (from, to) = (stats.Json.GetProperty("from").GetDateTimeOffset(), stats.Json.GetProperty("to").GetDateTimeOffset());
        Assert.InRange(to, now, now.AddHours(2));
        Assert.Equal((0, 0, 0), (to.Minute, to.Second, from.Hour));
        await new StoredVisits(_server).Add(Link, $"{now:u}", 3).StoreAsync();
        Assert.Equal(3, (await ReadAsync("")).Total.People);
        Assert.Equal(["day", "total", "exclude", "UTC"], new[] { "interval", "dimension", "bots", "timezone" }
            .Select(name => stats.Json.GetProperty(name).GetString()!));
        Assert.Equal(30, (await ReadAsync("to=2026-03-31")).Intervals.Length);
    }

    [Fact]
    public async Task A_link_that_is_made_anew_has_no_visits_of_the_old_one()
    {
        await new StoredVisits(_server).Add(Link, "2026-03-01T10:00Z", 3).StoreAsync();
        await _server.Client.OfLinkAsync("DELETE", Link);
        await _server.CreateAsync(new { url = "https://example.com/", alias = Link });
        Assert.Equal(0, (await ReadAsync(Range)).Total.People);
    }

    [Fact]
    public async Task What_is_folded_into_days_is_still_there()
    {
        var visits = new StoredVisits(_server).Add(Link, "2026-03-01T10:00Z", 3).Add(Link, "2026-03-02T22:00Z", 1);
        await visits.StoreAsync();
        await visits.Store.RollUpAsync(StoredVisits.Time("2026-12-01T00:00Z"), CancellationToken.None);
        Assert.Equal(["2026-03-01T00:00Z 3", "2026-03-02T00:00Z 1", "2026-03-03T00:00Z 0"], (await ReadAsync(Range)).Intervals);
        // Where the UTC day begins it is the evening before.
        var before = await ReadAsync("from=2026-02-28&to=2026-03-03&timezone=America/New_York");
        Assert.Equal(["2026-02-28T00:00-05:00 3", "2026-03-01T00:00-05:00 1", "2026-03-02T00:00-05:00 0"], before.Intervals);
    }

    private Task<StatsAnswer> ReadAsync(string query) => StatsAnswer.OfAsync(_server.Client, Link, query);
}
