using System.Net;
using System.Text;

namespace Shortener.Tests.Server.Links;

public sealed class BadBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Good = """{"url":"https://example.com/"}""";

    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("{")]
    [InlineData("""{"url":"https://example.com/"} x""")]
    [InlineData("""{"url":"https://example.com/",}""")]
    [InlineData("""{'url':'https://example.com/'}""")]
    [InlineData("""{"url":"https://example.com/"/*comment*/}""")]
    [InlineData("""{"url":"a","url":"https://example.com/"}""")]
    [InlineData("""{"url":"https://example.com/","title":{"a":1,"a":2}}""")]
    [InlineData("""{"url":"https://example.com/","u\u0072l":"https://example.com/"}""")]
    [InlineData("""{"url":"a\qb"}""")]
    public async Task A_body_that_is_no_json_object_is_told_so(string body)
    {
        (await _client.MakeAsync(body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-json");
        (await _client.CallAsync("POST", Api.Keys, body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-json");
    }

    [Fact]
    public async Task Deep_nesting_is_refused() =>
        (await _client.MakeAsync($$"""{"title":{{new string('[', 30_000)}}{{new string(']', 30_000)}}}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-json");

    [Theory]
    [InlineData("{\"url\":\"https://example.com/\u00ff\"}")]
    [InlineData("{\"url\":\"https://example.com/\",\"title\":\"\u00c3\u0028\"}")]
    [InlineData("\u00ff\u00fe{}")]
    public async Task Bytes_that_are_no_utf_8_are_refused(string latin1) =>
        Assert.Equal(400, (await _client.MakeAsync(Encoding.Latin1.GetBytes(latin1))).Status);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonx")]
    [InlineData("application/problem+json")]
    [InlineData("")]
    public async Task Another_media_type_is_not_understood(string type)
    {
        (await _client.MakeAsync(Good, $"Content-Type: {type}")).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await _client.OfLinkAsync("PUT", "some-alias", Good, $"Content-Type: {type}"))
            .ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_with_and_without_its_length_told()
    {
        var body = $$"""{"url":"https://example.com/","title":"{{new string('a', 70_000)}}"}""";
        (await _client.MakeAsync(body)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await _client.MakeAsync(body, "Transfer-Encoding: chunked")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await _client.MakeAsync(Good)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_link_with_every_field_full_of_the_widest_characters_fits()
    {
        var wide = new
        {
            url = "https://example.com/" + string.Concat(Enumerable.Repeat("ü", 300)),
            title = string.Concat(Enumerable.Repeat("😀", 100)),
            tags = Enumerable.Range(0, 20).Select(i => string.Concat(Enumerable.Repeat("😀", 24)) + i),
        };
        var made = (await _client.MakeAsync(wide)).Expect(HttpStatusCode.Created);
        Assert.Equal(wide.title, made.StringOf("title"));
        (await _client.OfLinkAsync("PUT", made.StringOf("alias")!, made.Bytes)).Expect(HttpStatusCode.OK);
    }
}
