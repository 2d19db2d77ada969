using System.Net;
using System.Text.Json;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Links;

public sealed class LinkExpiryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_ttl_counts_seconds_from_now()
    {
        var made = (await _client.MakeAsync(new { url = "https://example.com/", ttl = 90 })).Expect(HttpStatusCode.Created);
        Assert.Equal(TimeSpan.FromSeconds(90),
            made.Json.GetProperty("expiresAt").GetDateTimeOffset() - made.Json.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Null_is_never()
    {
        var made = (await _client.MakeAsync("""{"url":"https://example.com/","expiresAt":null}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(JsonValueKind.Null, made.Json.GetProperty("expiresAt").ValueKind);
    }

    [Fact]
    public async Task A_ttl_of_null_asks_for_nothing()
    {
        var made = (await _client.MakeAsync("""{"url":"https://example.com/","ttl":null}""")).Expect(HttpStatusCode.Created);
        Assert.NotEqual(JsonValueKind.Null, made.Json.GetProperty("expiresAt").ValueKind);
    }

    [Fact]
    public async Task Never_and_very_late_need_the_scope_manage()
    {
        using var client = shared.Running.ClientFor(await shared.Running.NewKeyAsync(Scopes.Create));
        var never = await client.MakeAsync("""{"url":"https://example.com/","expiresAt":null}""");
        never.ExpectInvalid("expiresAt");
        Assert.Contains("manage", never.ErrorOf("expiresAt"), StringComparison.Ordinal);
        (await client.MakeAsync(new { url = "https://example.com/", expiresAt = "2199-01-01T00:00:00Z" })).ExpectInvalid("expiresAt");
        (await client.MakeAsync(new { url = "https://example.com/", ttl = 3651L * 86_400 })).ExpectInvalid("ttl");
        (await client.MakeAsync(new { url = "https://example.com/", ttl = 3649L * 86_400 })).Expect(HttpStatusCode.Created);
        (await _client.MakeAsync(new { url = "https://example.com/", expiresAt = "2199-01-01T00:00:00Z" })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Both_ways_to_expire_at_once_are_refused()
    {
        var both = await _client.MakeAsync(new { url = "https://example.com/", expiresAt = "2090-01-01T00:00:00Z", ttl = 60 });
        both.ExpectInvalid("ttl");
        (await _client.MakeAsync("""{"url":"https://example.com/","expiresAt":null,"ttl":60}""")).ExpectInvalid("ttl");
    }

    [Theory]
    [InlineData("\"2020-01-01T00:00:00Z\"")]
    [InlineData("\"2090-01-01\"")]
    [InlineData("\"2090-01-01T00:00:00Z\\n\"")]
    [InlineData("\"2090-01-01T00:00:00\"")]
    [InlineData("\"2090-13-01T00:00:00Z\"")]
    [InlineData("\"2090-02-30T00:00:00Z\"")]
    [InlineData("\"2090-01-01T24:00:00Z\"")]
    [InlineData("\"2090-01-01T00:00:00+25:00\"")]
    [InlineData("\"9999-12-31T23:59:59-14:00\"")]
    [InlineData("\"0000-01-01T00:00:00Z\"")]
    [InlineData("\"\"")]
    [InlineData("4102444800")]
    [InlineData("true")]
    [InlineData("[]")]
    public async Task A_time_that_is_past_or_no_time_is_refused(string expiresAt) =>
        (await _client.MakeAsync($$"""{"url":"https://example.com/","expiresAt":{{expiresAt}}}""")).ExpectInvalid("expiresAt");

    [Theory]
    [InlineData("2090-01-01t00:00:00z", "2090-01-01T00:00:00.000Z")]
    [InlineData("2090-01-01 00:00:00Z", "2090-01-01T00:00:00.000Z")]
    [InlineData("2090-01-01T00:00:00.123456789Z", "2090-01-01T00:00:00.123Z")]
    [InlineData("2090-01-01T00:00:00-12:00", "2090-01-01T12:00:00.000Z")]
    public async Task A_time_is_taken_in_each_way_that_rfc_3339_writes_it(string expiresAt, string shown) =>
        Assert.Equal(shown, (await _client.MakeAsync(new { url = "https://example.com/", expiresAt })).StringOf("expiresAt"));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e400")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("\"60\"")]
    public async Task A_ttl_that_is_no_number_of_seconds_to_come_is_refused(string ttl) =>
        (await _client.MakeAsync($$"""{"url":"https://example.com/","ttl":{{ttl}}}""")).ExpectInvalid("ttl");

    [Fact]
    public async Task An_expired_link_can_be_read_and_extended()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "short-lived", ttl = 60 });
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("expired", (await server.Client.OfLinkAsync("GET", "short-lived")).StringOf("state"));
        var extended = await server.Client.OfLinkAsync("PATCH", "short-lived", new { ttl = 60 });
        Assert.Equal("active", extended.Expect(HttpStatusCode.OK).StringOf("state"));
        (await server.Client.ReadAsync("/short-lived")).Expect(HttpStatusCode.Redirect);
    }
}
