using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Links;

public sealed class ReplaceLinkTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Fields = ["alias", "shortUrl", "url", "createdAt", "expiresAt", "title", "redirectStatus", "state"];

    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task Fields_left_out_of_a_put_go_back_to_their_defaults()
    {
        var made = await MakeFullAsync();
        var put = (await _client.OfLinkAsync("PUT", made.StringOf("alias")!, new { url = "https://example.org/new" })).Expect(HttpStatusCode.OK);
        Assert.Equal("https://example.org/new", put.StringOf("url"));
        Assert.Equal(JsonValueKind.Null, put.Json.GetProperty("title").ValueKind);
        Assert.Equal(0, put.Json.GetProperty("tags").GetArrayLength());
        Assert.Equal(302, put.Json.GetProperty("redirectStatus").GetInt32());
        Assert.Equal("active", put.StringOf("state"));
        Assert.Equal(made.StringOf("createdAt"), put.StringOf("createdAt"));
        Assert.Equal(TimeSpan.FromDays(730),
            put.Json.GetProperty("expiresAt").GetDateTimeOffset() - put.Json.GetProperty("updatedAt").GetDateTimeOffset());
        Assert.Equal("\"2\"", put.ETag);
        Assert.Equal(2, put.Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_put_without_a_url_is_refused()
    {
        var made = await MakeFullAsync();
        (await _client.OfLinkAsync("PUT", made.StringOf("alias")!, new { title = "x" })).ExpectInvalid("url");
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        var made = await MakeFullAsync();
        var patch = (await _client.OfLinkAsync("PATCH", made.StringOf("alias")!, new { title = "new" })).Expect(HttpStatusCode.OK);
        Assert.Equal("new", patch.StringOf("title"));
        Assert.All(Fields.Except(["title"]), field => Assert.Equal(
            made.Json.GetProperty(field).GetRawText(), patch.Json.GetProperty(field).GetRawText()));
        Assert.Equal(made.Json.GetProperty("tags").GetRawText(), patch.Json.GetProperty("tags").GetRawText());
    }

    [Fact]
    public async Task Null_in_a_patch_removes()
    {
        var made = await MakeFullAsync();
        var patch = (await _client.OfLinkAsync(
            "PATCH", made.StringOf("alias")!, """{"title":null,"tags":null,"redirectStatus":null,"state":null,"expiresAt":null}"""))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, patch.Json.GetProperty("title").ValueKind);
        Assert.Equal(0, patch.Json.GetProperty("tags").GetArrayLength());
        Assert.Equal(302, patch.Json.GetProperty("redirectStatus").GetInt32());
        Assert.Equal("active", patch.StringOf("state"));
        Assert.Equal(JsonValueKind.Null, patch.Json.GetProperty("expiresAt").ValueKind);
    }

    [Theory]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"url":""}""", "url")]
    [InlineData("""{"alias":"another"}""", "alias")]
    [InlineData("""{"alias":null}""", "alias")]
    [InlineData("""{"redirectStatus":200,"tags":[""]}""", "redirectStatus", "tags")]
    public async Task What_a_link_cannot_be_is_refused_and_changes_nothing(string body, params string[] wrong)
    {
        var made = await MakeFullAsync();
        (await _client.OfLinkAsync("PATCH", made.StringOf("alias")!, body)).ExpectInvalid(wrong);
        Assert.Equal(made.LinkText, (await _client.OfLinkAsync("GET", made.StringOf("alias")!)).LinkText);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task What_was_read_can_be_sent_back_and_changes_nothing_but_the_version(string method)
    {
        var made = await MakeFullAsync();
        var read = await _client.OfLinkAsync("GET", made.StringOf("alias")!);
        var sentBack = (await _client.OfLinkAsync(method, made.StringOf("alias")!, read.Bytes)).Expect(HttpStatusCode.OK);
        Assert.All(Fields, field => Assert.Equal(read.Json.GetProperty(field).GetRawText(), sentBack.Json.GetProperty(field).GetRawText()));
        Assert.Equal(read.Json.GetProperty("tags").GetRawText(), sentBack.Json.GetProperty("tags").GetRawText());
        Assert.Equal(2, sentBack.Json.GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task An_expired_or_endless_link_can_be_sent_back_too(string method)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "expired-one", ttl = 1 });
        await server.CreateAsync(new { url = "https://example.com/", alias = "endless", expiresAt = (string?)null });
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var alias in new[] { "expired-one", "endless" })
        {
            var read = await server.Client.OfLinkAsync("GET", alias);
            var sentBack = (await server.Client.OfLinkAsync(method, alias, read.Bytes)).Expect(HttpStatusCode.OK);
            Assert.Equal(read.Json.GetProperty("expiresAt").GetRawText(), sentBack.Json.GetProperty("expiresAt").GetRawText());
            Assert.Equal(read.StringOf("state"), sentBack.StringOf("state"));
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task An_expired_link_that_was_switched_off_stays_so_when_it_is_sent_back_and_extended(string method)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "switched-off", ttl = 1, state = "disabled" });
        await server.CreateAsync(new { url = "https://example.com/", alias = "switched-on", ttl = 1 });
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var (alias, state) in new[] { ("switched-off", "disabled"), ("switched-on", "active") })
        {
            var read = await server.Client.OfLinkAsync("GET", alias);
            Assert.Equal("expired", read.StringOf("state"));
            (await server.Client.OfLinkAsync(method, alias, read.Bytes)).Expect(HttpStatusCode.OK);
            var extended = await server.Client.OfLinkAsync("PATCH", alias, new { ttl = 60 });
            Assert.Equal(state, extended.Expect(HttpStatusCode.OK).StringOf("state"));
        }
    }

    [Fact]
    public async Task A_link_is_switched_off_and_on_again()
    {
        var alias = (await _client.MakeAsync(new { url = "https://example.com/" })).StringOf("alias")!;
        Assert.Equal("disabled", (await _client.OfLinkAsync("PATCH", alias, new { state = "disabled" })).StringOf("state"));
        (await _client.ReadAsync($"/{alias}")).Expect(HttpStatusCode.NotFound);
        Assert.Equal("active", (await _client.OfLinkAsync("PATCH", alias, new { state = "active" })).StringOf("state"));
        (await _client.ReadAsync($"/{alias}")).Expect(HttpStatusCode.Redirect);
    }

    private async Task<ApiAnswer> MakeFullAsync() => (await _client.MakeAsync(new
    {
        url = "https://example.com/old", ttl = 3600, title = "old", tags = new[] { "a", "b" }, redirectStatus = 307, state = "disabled",
    })).Expect(HttpStatusCode.Created);
}
