using System.Net;
using System.Text.Json.Nodes;
using Shortener.Core.Links;

namespace Shortener.Tests.Server.Links;

public sealed class BadFieldTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    public static TheoryData<string> Reserved => [.. ReservedAliases.All];

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var answer = await _client.MakeAsync(
            """
            {"url":5,"alias":"a b","expiresAt":"yesterday","title":["x"],"tags":"a","redirectStatus":"302","state":"on","color":"red","URL":"x"}
            """);
        answer.ExpectInvalid("URL", "alias", "color", "expiresAt", "redirectStatus", "state", "tags", "title", "url");
        Assert.All(answer.Json.GetProperty("errors").EnumerateObject(), error => Assert.Equal(1, error.Value.GetArrayLength()));
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"url":"/relative"}""", "url")]
    [InlineData("""{"url":"ftp://example.com/"}""", "url")]
    [InlineData("""{"url":"javascript:alert(1)"}""", "url")]
    [InlineData("""{"url":"https://user:pw@example.com/"}""", "url")]
    [InlineData("""{"url":"https://exa mple.com/"}""", "url")]
    [InlineData("""{"url":"https://example.com:99999/"}""", "url")]
    [InlineData("""{"url":"https://example.com/","alias":"ab"}""", "alias")]
    [InlineData("""{"url":"https://example.com/","alias":""}""", "alias")]
    [InlineData("""{"url":"https://example.com/","alias":"a/b"}""", "alias")]
    [InlineData("""{"url":"https://example.com/","alias":"ünü"}""", "alias")]
    [InlineData("""{"url":"https://example.com/","alias":12345}""", "alias")]
    [InlineData("""{"url":"https://example.com/","tags":[1]}""", "tags")]
    [InlineData("""{"url":"https://example.com/","tags":[null]}""", "tags")]
    [InlineData("""{"url":"https://example.com/","tags":[" "]}""", "tags")]
    [InlineData("""{"url":"https://example.com/","title":"a\u0000b"}""", "title")]
    [InlineData("""{"url":"https://example.com/","redirectStatus":303}""", "redirectStatus")]
    [InlineData("""{"url":"https://example.com/","redirectStatus":302.5}""", "redirectStatus")]
    [InlineData("""{"url":"https://example.com/","redirectStatus":99999999999999999999}""", "redirectStatus")]
    [InlineData("""{"url":"https://example.com/","state":true}""", "state")]
    [InlineData("""{"url":"https://example.com/","state":"expired"}""", "state")]
    [InlineData("""{"url":"\ud800","title":"\udc00x","tags":["\ud800\ud800"],"alias":"abc\ud83d"}""", "alias", "tags", "title", "url")]
    public async Task A_field_that_is_wrong_is_named(string body, params string[] wrong) =>
        (await _client.MakeAsync(body)).ExpectInvalid(wrong);

    [Theory]
    [MemberData(nameof(Reserved))]
    public async Task Reserved_words_are_refused_in_any_case(string word)
    {
        foreach (var alias in new[] { word, word.ToUpperInvariant(), char.ToUpperInvariant(word[0]) + word[1..] })
        {
            var answer = await _client.MakeAsync(new { url = "https://example.com/", alias });
            answer.ExpectInvalid("alias");
            Assert.Contains("reserved", answer.ErrorOf("alias"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bounds_are_where_they_are_said_to_be()
    {
        var fits = new JsonObject
        {
            ["url"] = "https://example.com/" + new string('a', 2048 - 20), ["alias"] = new string('a', 64), ["title"] = new string('t', 200),
            ["tags"] = new JsonArray([.. Enumerable.Range(0, 20).Select(i => (JsonNode)new string((char)('a' + i), 50))]),
        };
        (await _client.MakeAsync(fits)).Expect(HttpStatusCode.Created);
        var tooLong = new JsonObject
        {
            ["url"] = "https://example.com/" + new string('a', 2049 - 20), ["alias"] = new string('a', 65), ["title"] = new string('t', 201),
            ["tags"] = new JsonArray([.. Enumerable.Range(0, 21).Select(i => (JsonNode)$"{i}")]),
        };
        (await _client.MakeAsync(tooLong)).ExpectInvalid("alias", "tags", "title", "url");
        (await _client.MakeAsync(new { url = "https://example.com/", tags = new[] { new string('t', 51) } })).ExpectInvalid("tags");
    }

    [Fact]
    public async Task A_blocked_host_is_refused_with_its_subdomains()
    {
        await using var server = await RunningServer.StartAsync("Links:BlockedHosts=spam.example,xn--bcher-kva.example", "Links:OwnHosts=go.example");
        foreach (var url in new[] { "https://spam.example/", "http://A.b.SPAM.example./x", "https://bücher.example", "http://go.example/x" })
            (await server.Client.MakeAsync(new { url })).ExpectInvalid("url");
        (await server.Client.MakeAsync(new { url = "https://notspam.example/" })).Expect(HttpStatusCode.Created);
    }
}
