using System.Net;

namespace Shortener.Tests.Server.Links;

public sealed class ReadLinkTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"7\", \"1\"", 304)]
    [InlineData("\"2\"", 200)]
    [InlineData("1", 200)]
    [InlineData("\"", 200)]
    public async Task A_link_that_the_client_has_is_not_sent_again(string ifNoneMatch, int status)
    {
        var made = await shared.Running.CreateAsync(new { url = "https://example.com/" });
        var read = await _client.OfLinkAsync("GET", made.GetProperty("alias").GetString()!, null, $"If-None-Match: {ifNoneMatch}");
        Assert.Equal(status, read.Status);
        Assert.Equal("\"1\"", read.ETag);
        Assert.Equal(status == 304, read.Bytes.Length == 0);
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("ab")]
    [InlineData("a%2Fb")]
    [InlineData("%C3%BC%C3%BC%C3%BC")]
    [InlineData("..%2f..")]
    public async Task An_alias_that_nobody_has_is_not_found(string alias)
    {
        foreach (var method in new[] { "GET", "DELETE" })
            (await _client.OfLinkAsync(method, alias)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        foreach (var method in new[] { "PUT", "PATCH" })
            (await _client.OfLinkAsync(method, alias, new { url = "https://example.com/" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("POST", "/api/v1/links/abc", "GET, HEAD, PUT, PATCH, DELETE")]
    [InlineData("DELETE", "/api/v1/links", "GET, HEAD, POST")]
    [InlineData("PUT", "/api/v1/keys", "GET, HEAD, POST")]
    public async Task A_method_that_is_not_there_is_told_which_are(string method, string path, string allowed)
    {
        var answer = await _client.CallAsync(method, path, new { });
        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(
            allowed.Split(", ").Order(StringComparer.Ordinal),
            answer.Header("Allow")!.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Head_answers_as_get_does_without_the_body()
    {
        var made = await shared.Running.CreateAsync(new { url = "https://example.com/" });
        var link = $"{Api.Links}/{made.GetProperty("alias").GetString()}";
        var key = (await _client.CallAsync("POST", Api.Keys, new { name = "head", scopes = new[] { "create" } })).Expect(HttpStatusCode.Created);
        using var other = shared.Running.ClientFor(key.StringOf("key"));
        using var nobody = shared.Running.ClientFor(null);
        foreach (var path in new[] { link, $"{Api.Links}?limit=2", key.Location!, $"{Api.Keys}?limit=2", $"{Api.Links}/absent", $"{Api.Links}?limit=0" })
        {
            foreach (var client in new[] { _client, other, nobody })
            {
                var (get, head) = (await client.ReadAsync(path), await client.CallAsync("HEAD", path));
                Assert.Equal(get.Status, head.Status);
                foreach (var name in new[] { "ETag", "Content-Type", "Content-Length", "Cache-Control", "WWW-Authenticate" })
                    Assert.Equal(get.Header(name), head.Header(name));
                Assert.NotEmpty(get.Bytes);
                Assert.Empty(head.Bytes);
            }
        }

        (await _client.CallAsync("HEAD", link, null, "If-None-Match: \"1\"")).Expect(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v2/links")]
    [InlineData("/api/v1/links/a/b")]
    public async Task A_path_of_the_api_that_is_not_there_is_a_problem_for_browsers_too(string path) =>
        (await _client.ReadAsync(path, "Accept: text/html")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
}
