using System.Net;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Stats;

/// <summary>What is refused, and who may ask.</summary>
public sealed class StatsQueryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string OfAll = "/api/v1/stats";
    private const string Export = "/api/v1/stats/export";

    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=2026-03-01T10:00:00", "from")]
    [InlineData("from=2026-03-01T10:00:00+01:00", "from")]
    [InlineData("from=1999-12-31", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("to=9999-12-31T23:59:59-14:00", "to")]
    [InlineData("from=2026-03-01&to=2026-03-01", "from")]
    [InlineData("from=2026-03-02&to=2026-03-01", "from")]
    [InlineData("from=2026-03-01T10:05:00Z&to=2026-03-01T10:55:00Z", "from")]
    [InlineData("from=2990-03-01", "from")]
    [InlineData("from=2010-01-01&to=2026-01-01", "from")]
    [InlineData("from=2026-03-01&from=2026-03-02", "from")]
    [InlineData("colour=red", "colour")]
    [InlineData("From=2026-03-01&to=x", "From", "to")]
    public async Task A_range_that_is_none_is_refused(string query, params string[] wrong)
    {
        foreach (var path in new[] { OfAll, Export }) (await _client.ReadAsync($"{path}?{query}")).ExpectInvalid(wrong);
    }

    [Theory]
    [InlineData("interval=week", "interval")]
    [InlineData("dimension=utmSource", "dimension")]
    [InlineData("bots=yes", "bots")]
    [InlineData("limit=101", "limit")]
    [InlineData("from=2025-01-01&to=2026-01-03&interval=hour", "from")]
    [InlineData("interval=week&dimension=x&bots=x&limit=0&from=x&to=x&timezone=x&more=1",
        "bots", "dimension", "from", "interval", "limit", "more", "timezone", "to")]
    public async Task A_parameter_that_is_wrong_is_named(string query, params string[] wrong) =>
        (await _client.ReadAsync($"{OfAll}?{query}")).ExpectInvalid(wrong);

    [Theory]
    [InlineData("format=xml", "format")]
    [InlineData("interval=hour", "interval")]
    public async Task A_parameter_of_an_export_that_is_wrong_is_named(string query, params string[] wrong) =>
        (await _client.ReadAsync($"{Export}?{query}")).ExpectInvalid(wrong);

    [Theory]
    [InlineData("from=2025-01-01&to=2026-01-02&interval=hour", 366 * 24)]
    [InlineData("from=2016-01-01&to=2026-01-08", 3_660)]
    [InlineData("from=2000-01-01&to=2000-02-01", 31)]
    [InlineData("from=2999-12-30T00:00:00Z&to=2999-12-31T23:59:59-14:00", 3)]
    [InlineData("from=2026-03-01t10:30:00.5%2B00:00&to=2026-03-01 12:30:00Z&interval=hour", 2)]
    public async Task A_range_within_the_bounds_is_answered_in_full(string query, int intervals) =>
        Assert.Equal(intervals, (await StatsAnswer.OfAllAsync(_client, query)).Intervals.Length);

    [Fact]
    public async Task Another_owners_link_is_not_found()
    {
        await shared.Running.CreateAsync(new { url = "https://example.com/", alias = "mine" });
        using var other = shared.Running.ClientFor(await shared.Running.NewKeyAsync(RunningServer.EveryScope, "other"));
        foreach (var path in new[] { "stats", "stats/export" })
        {
            (await _client.ReadAsync($"{Api.Links}/mine/{path}")).Expect(HttpStatusCode.OK);
            (await other.ReadAsync($"{Api.Links}/mine/{path}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            (await _client.ReadAsync($"{Api.Links}/absent/{path}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task The_scope_read_is_needed_and_enough()
    {
        await shared.Running.CreateAsync(new { url = "https://example.com/", alias = "scoped" });
        using var reader = shared.Running.ClientFor(await shared.Running.NewKeyAsync(Scopes.Read));
        using var others = shared.Running.ClientFor(await shared.Running.NewKeyAsync(Scopes.Create | Scopes.Manage | Scopes.Admin));
        using var nobody = shared.Running.ClientFor(null);
        foreach (var path in new[] { OfAll, Export, $"{Api.Links}/scoped/stats", $"{Api.Links}/scoped/stats/export" })
        {
            (await reader.ReadAsync(path)).Expect(HttpStatusCode.OK);
            (await others.ReadAsync(path)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
            (await nobody.ReadAsync(path)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }
}
