using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Links;

public sealed class CreateLinkTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_link_gets_a_key_and_every_default()
    {
        var before = shared.Running.Clock.GetUtcNow();
        var made = (await _client.MakeAsync(new { url = "https://example.com/a" })).Expect(HttpStatusCode.Created);
        Assert.Matches("^[0-9A-Za-z]{7}$", made.StringOf("alias"));
        Assert.Equal("https://example.com/a", made.StringOf("url"));
        Assert.Equal(JsonValueKind.Null, made.Json.GetProperty("title").ValueKind);
        Assert.Equal(0, made.Json.GetProperty("tags").GetArrayLength());
        Assert.Equal(302, made.Json.GetProperty("redirectStatus").GetInt32());
        Assert.Equal("active", made.StringOf("state"));
        Assert.Equal(1, made.Json.GetProperty("version").GetInt64());
        var createdAt = made.Json.GetProperty("createdAt").GetDateTimeOffset();
        Assert.InRange(createdAt, before.AddMilliseconds(-1), shared.Running.Clock.GetUtcNow());
        Assert.Equal(createdAt, made.Json.GetProperty("updatedAt").GetDateTimeOffset());
        Assert.Equal(TimeSpan.FromDays(730), made.Json.GetProperty("expiresAt").GetDateTimeOffset() - createdAt);
    }

    [Fact]
    public async Task A_link_has_exactly_the_documented_members()
    {
        var made = await _client.MakeAsync(new { url = "https://example.com/" });
        string[] members =
        [
            "alias", "shortUrl", "url", "createdAt", "updatedAt", "expiresAt", "title", "tags", "redirectStatus", "state", "version",
        ];
        Assert.Equal(members, made.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Every_field_can_be_given()
    {
        var made = (await _client.MakeAsync(new
        {
            url = "https://example.com/", alias = "every-field_1", expiresAt = "2040-01-02T03:04:05.678+01:00", title = " Título ",
            tags = new[] { "a", "ü", "a" }, redirectStatus = 308, state = "disabled",
        })).Expect(HttpStatusCode.Created);
        Assert.Equal("every-field_1", made.StringOf("alias"));
        Assert.Equal("2040-01-02T02:04:05.678Z", made.StringOf("expiresAt"));
        Assert.Equal("Título", made.StringOf("title"));
        Assert.Equal(["a", "ü"], made.Json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        Assert.Equal(308, made.Json.GetProperty("redirectStatus").GetInt32());
        Assert.Equal("disabled", made.StringOf("state"));
    }

    [Fact]
    public async Task The_answer_says_where_the_link_is_read_and_its_version()
    {
        var made = await _client.MakeAsync(new { url = "https://example.com/" });
        Assert.Equal($"/api/v1/links/{made.StringOf("alias")}", made.Location);
        Assert.Equal("\"1\"", made.ETag);
        Assert.Equal("no-store", made.Header("Cache-Control"));
        var read = (await _client.ReadAsync(made.Location!)).Expect(HttpStatusCode.OK);
        Assert.Equal(made.LinkText, read.LinkText);
    }

    [Fact]
    public async Task The_short_url_begins_as_the_api_was_called()
    {
        var made = await _client.MakeAsync(new { url = "https://example.com/" });
        Assert.Equal($"{shared.Running.Address.GetLeftPart(UriPartial.Authority)}/{made.StringOf("alias")}", made.StringOf("shortUrl"));
        var other = await _client.MakeAsync(new { url = "https://example.com/" }, "Host: short.example:81");
        Assert.Equal($"http://short.example:81/{other.StringOf("alias")}", other.StringOf("shortUrl"));
    }

    [Theory]
    [InlineData("HTTP/1.0\r\n")]
    [InlineData("HTTP/1.1\r\nHost:\r\nConnection: close\r\n")]
    public async Task Where_no_host_is_named_the_short_url_begins_with_the_address_that_was_called(string protocol)
    {
        var alias = (await _client.MakeAsync(new { url = "https://example.com/" })).StringOf("alias");
        var read = await RawHttp.SendAsync(
            shared.Running.Address, $"GET {Api.Links}/{alias} {protocol}X-Api-Key: {shared.Running.Key}\r\n\r\n");
        Assert.Equal(200, read.Status);
        Assert.Contains($"\"shortUrl\":\"http://{shared.Running.Address.Authority}/{alias}\"", read.Body, StringComparison.Ordinal);
        var document = await RawHttp.SendAsync(shared.Running.Address, $"GET /openapi/v1.json {protocol}\r\n");
        Assert.Equal(200, document.Status);
    }

    [Theory]
    [InlineData("https://sho.rt")]
    [InlineData("https://sho.rt/")]
    public async Task The_short_url_begins_with_the_public_url_where_it_is_set(string publicUrl)
    {
        await using var server = await RunningServer.StartAsync($"Server:PublicUrl={publicUrl}");
        var made = await server.CreateAsync(new { url = "https://example.com/", alias = "public" });
        Assert.Equal("https://sho.rt/public", made.GetProperty("shortUrl").GetString());
        var circle = await server.Client.MakeAsync(new { url = "http://SHO.rt/public" });
        circle.ExpectInvalid("url");
    }

    [Theory]
    [InlineData("HTTP://EXAMPLE.com:80/%7e/../b c?ü#é", "http://example.com/b%20c?%C3%BC#%C3%A9")]
    [InlineData("  https://bücher.example  ", "https://xn--bcher-kva.example/")]
    public async Task The_url_is_kept_as_the_url_standard_writes_it(string given, string kept) =>
        Assert.Equal(kept, (await _client.MakeAsync(new { url = given })).Expect(HttpStatusCode.Created).StringOf("url"));

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/merge-patch+json")]
    public async Task Json_may_be_named_in_each_way(string contentType) =>
        (await _client.MakeAsync(new { url = "https://example.com/" }, $"Content-Type: {contentType}")).Expect(HttpStatusCode.Created);

    [Fact]
    public async Task A_custom_alias_may_look_like_a_key()
    {
        (await _client.MakeAsync(new { url = "https://example.com/", alias = "AbCdEf1" })).Expect(HttpStatusCode.Created);
        (await _client.MakeAsync(new { url = "https://example.com/", alias = "AbCdEf1" }))
            .ExpectProblem(HttpStatusCode.Conflict, "alias-taken");
        (await _client.MakeAsync(new { url = "https://example.com/", alias = "abcdef1" })).Expect(HttpStatusCode.Created);
    }
}
