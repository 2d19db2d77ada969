using System.Net;
using System.Text.Json;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.RawVisits;

/// <summary>The visits of a link one by one.</summary>
public sealed class RawVisitTests : IAsyncLifetime
{
    private const string Path = Api.Links + "/promo/visits";

    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    /// <summary>A visit behind its time.</summary>
    private const string Everything =
        ""","country":"","browser":"Firefox","system":"Windows","device":"Desktop","language":"de","referrer":"example.org","utmSource":"news","utmMedium":"mail","utmCampaign":"autumn","utmTerm":"shoes","utmContent":"top","isBot":false}""";

    private const string Nothing =
        ""","country":"","browser":"","system":"","device":"","language":"","referrer":"","utmSource":"","utmMedium":"","utmCampaign":"","utmTerm":"","utmContent":"","isBot":true}""";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync("Visits:KeepRaw=5", "Visits:RawLifetime=2.00:00:00", "Server:KnownProxies=127.0.0.1");
        await _server.CreateAsync(new { url = "https://example.com/", alias = "promo" });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_visit_is_shown_with_all_that_it_tells_but_no_address()
    {
        var before = _server.Clock.GetUtcNow();
        await VisitAsync(
            "?utm_source=news&utm_medium=mail&utm_campaign=autumn&utm_term=shoes&utm_content=top", $"User-Agent: {Firefox}",
            "Referer: https://www.example.org/page", "Accept-Language: de-CH", "X-Forwarded-For: 203.0.113.77");
        await VisitAsync("");
        await _server.RestartAsync();
        var answer = (await _server.Client.ReadAsync(Path)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("203.0.113", answer.Text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("nextCursor").ValueKind);
        var items = answer.Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([Nothing, Everything], items.Select(item => item.GetRawText()[item.GetRawText().IndexOf(',', StringComparison.Ordinal)..]));
        Assert.All(items, item => Assert.InRange(item.GetProperty("time").GetDateTimeOffset(), before.AddMilliseconds(-1), _server.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task The_newest_visits_are_paged_and_go_after_their_lifetime()
    {
        for (var i = 0; i < 7; i++) await VisitAsync($"?utm_source={i}");
        await _server.RestartAsync();
        var first = (await _server.Client.ReadAsync($"{Path}?limit=3")).Expect(HttpStatusCode.OK);
        Assert.Equal(["6", "5", "4"], Sources(first));
        var second = (await _server.Client.ReadAsync($"{Path}?limit=3&cursor={first.StringOf("nextCursor")}")).Expect(HttpStatusCode.OK);
        Assert.Equal(["3", "2"], Sources(second));
        Assert.Null(second.StringOf("nextCursor"));
        _server.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Empty(Sources((await _server.Client.ReadAsync(Path)).Expect(HttpStatusCode.OK)));
    }

    [Fact]
    public async Task Only_the_owner_and_only_with_the_scope_read_sees_them()
    {
        await VisitAsync("");
        await _server.RestartAsync();
        using var reader = _server.ClientFor(await _server.NewKeyAsync(Scopes.Read));
        using var others = _server.ClientFor(await _server.NewKeyAsync(Scopes.Create | Scopes.Manage | Scopes.Admin));
        using var nobody = _server.ClientFor(null);
        using var stranger = _server.ClientFor(await _server.NewKeyAsync(RunningServer.EveryScope, "other"));
        Assert.Single(Sources((await reader.ReadAsync(Path)).Expect(HttpStatusCode.OK)));
        (await others.ReadAsync(Path)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await nobody.ReadAsync(Path)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await stranger.ReadAsync(Path)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await reader.ReadAsync($"{Api.Links}/absent/visits")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_link_that_is_made_anew_does_not_show_the_visits_of_the_one_before()
    {
        await VisitAsync("");
        await _server.RestartAsync();
        (await _server.Client.OfLinkAsync("DELETE", "promo")).Expect(HttpStatusCode.NoContent);
        (await _server.Client.ReadAsync(Path)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        await _server.CreateAsync(new { url = "https://example.com/", alias = "promo" });
        Assert.Empty(Sources((await _server.Client.ReadAsync(Path)).Expect(HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("from=2026-01-01", "from")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string wrong) =>
        (await _server.Client.ReadAsync($"{Path}?{query}")).ExpectInvalid(wrong);

    [Fact]
    public async Task Where_none_are_kept_it_is_said_which_setting_keeps_them_and_none_are_stored()
    {
        await _server.RestartAsync("Visits:KeepRaw=0");
        await VisitAsync("");
        await _server.RestartAsync("Visits:KeepRaw=0");
        var answer = await _server.Client.ReadAsync(Path);
        answer.ExpectProblem(HttpStatusCode.Conflict, "visits-not-kept");
        Assert.Contains("Shortener:Visits:KeepRaw", answer.StringOf("detail"), StringComparison.Ordinal);
        var stats = (await _server.Client.OfLinkAsync("GET", "promo")).Json.GetProperty("visits");
        Assert.Equal(1, stats.GetProperty("bots").GetInt32());
        await _server.RestartAsync();
        Assert.Empty(Sources((await _server.Client.ReadAsync(Path)).Expect(HttpStatusCode.OK)));
    }

    private static IEnumerable<string?> Sources(ApiAnswer answer) =>
        answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("utmSource").GetString());

    private async Task VisitAsync(string query, params string[] headers) =>
        (await _server.Client.ReadAsync($"/promo{query}", headers)).Expect(HttpStatusCode.Redirect);
}
