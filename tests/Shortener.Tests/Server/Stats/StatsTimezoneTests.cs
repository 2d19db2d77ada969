namespace Shortener.Tests.Server.Stats;

/// <summary>Days and months of time zones.</summary>
public sealed class StatsTimezoneTests : IAsyncLifetime
{
    private const string Link = "zoned";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.CreateAsync(new { url = "https://example.com/", alias = Link });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    // Summer time begins and ends: days of 23 and 25 hours.
    [InlineData("Europe/Berlin", "2026-03-28", "2026-03-31", "2026-03-28T00:00+01:00 24", "2026-03-29T00:00+01:00 23", "2026-03-30T00:00+02:00 24")]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-27", "2026-10-25T00:00+02:00 25", "2026-10-26T00:00+01:00 24")]
    // There is no midnight at the begin of summer time; there are two at its end.
    [InlineData("America/Santiago", "2026-09-05", "2026-09-08", "2026-09-05T00:00-04:00 24", "2026-09-06T01:00-03:00 23", "2026-09-07T00:00-03:00 24")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-03", "2026-11-01T00:00-04:00 25", "2026-11-02T00:00-05:00 24")]
    // Midnight is within an hour of UTC, which belongs to where it begins.
    [InlineData("Asia/Kolkata", "2026-03-01", "2026-03-03", "2026-03-01T00:00+05:30 24", "2026-03-02T00:00+05:30 24")]
    [InlineData("UTC", "2026-03-01", "2026-03-02", "2026-03-01T00:00Z 24")]
    public async Task Every_hour_counts_on_one_day(string timezone, string from, string to, params string[] days)
    {
        await VisitEveryHourAsync(from, to);
        var stats = await StatsAnswer.OfAsync(_server.Client, Link, $"from={from}&to={to}&timezone={timezone}");
        Assert.Equal(days, stats.Intervals);
        var hours = await StatsAnswer.OfAsync(_server.Client, Link, $"from={from}&to={to}&timezone={timezone}&interval=hour");
        Assert.Equal(stats.Total.People, hours.Intervals.Length);
        Assert.All(hours.Intervals, hour => Assert.EndsWith(" 1", hour, StringComparison.Ordinal));
        Assert.Equal(hours.Intervals.Length, hours.Intervals.Distinct().Count());
    }

    [Fact]
    public async Task Months_are_those_of_the_zone()
    {
        await new StoredVisits(_server).Add(Link, "2026-02-28T22:00Z", 1).Add(Link, "2026-02-28T23:00Z", 2)
            .Add(Link, "2026-03-31T21:00Z", 4).Add(Link, "2026-03-31T22:00Z", 8).StoreAsync();
        var stats = await StatsAnswer.OfAsync(
            _server.Client, Link, "from=2026-02-01&to=2026-05-01&timezone=Europe/Berlin&interval=month");
        Assert.Equal(["2026-02-01T00:00+01:00 1", "2026-03-01T00:00+01:00 6", "2026-04-01T00:00+02:00 8"], stats.Intervals);
        Assert.Equal("2026-04-30T22:00:00.000Z", stats.Json.GetProperty("to").GetString());
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../../../dev/zero")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData("tzdata.zi")]
    [InlineData("Europe")]
    [InlineData("Europe/Berlin%0A")]
    [InlineData("%2B02:00")]
    public async Task A_zone_that_is_none_is_refused(string timezone) =>
        (await _server.Client.ReadAsync($"{Api.Links}/{Link}/stats?timezone={timezone}")).ExpectInvalid("timezone");

    private Task VisitEveryHourAsync(string from, string to)
    {
        var visits = new StoredVisits(_server);
        for (var hour = StoredVisits.Time($"{from}Z").AddDays(-1); hour < StoredVisits.Time($"{to}Z").AddDays(1); hour = hour.AddHours(1))
            visits.Add(Link, $"{hour:u}", 1);
        return visits.StoreAsync();
    }
}
