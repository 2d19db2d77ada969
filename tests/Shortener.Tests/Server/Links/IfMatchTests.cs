using System.Net;

namespace Shortener.Tests.Server.Links;

public sealed class IfMatchTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData("\"1\"", true)]
    [InlineData("*", true)]
    [InlineData("\"9\", \"1\"", true)]
    [InlineData("\"2\"", false)]
    [InlineData("\"01\"", false)]
    [InlineData("W/\"1\"", false)]
    [InlineData("1", false)]
    [InlineData("\"1", false)]
    [InlineData("nonsense, \"\"", false)]
    public async Task A_change_needs_the_version_that_it_names(string ifMatch, bool isMet)
    {
        foreach (var (method, body) in new (string, object?)[]
        {
            ("PUT", new { url = "https://example.org/" }), ("PATCH", new { title = "x" }), ("DELETE", null),
        })
        {
            var alias = (await _client.MakeAsync(new { url = "https://example.com/" })).StringOf("alias")!;
            var answer = await _client.OfLinkAsync(method, alias, body, $"If-Match: {ifMatch}");
            if (isMet)
            {
                Assert.InRange(answer.Status, 200, 204);
                continue;
            }

            answer.ExpectProblem(HttpStatusCode.PreconditionFailed, "version-mismatch");
            Assert.Equal("\"1\"", answer.ETag);
            Assert.Equal(1, (await _client.OfLinkAsync("GET", alias)).Json.GetProperty("version").GetInt64());
        }
    }

    [Fact]
    public async Task Of_many_changes_of_one_version_one_takes_place()
    {
        var alias = (await _client.MakeAsync(new { url = "https://example.com/" })).StringOf("alias")!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            _client.OfLinkAsync("PATCH", alias, new { title = $"writer {i}" }, "If-Match: \"1\"")));
        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Except([winner]), answer => answer.ExpectProblem(HttpStatusCode.PreconditionFailed, "version-mismatch"));
        Assert.Equal(winner.LinkText, (await _client.OfLinkAsync("GET", alias)).LinkText);
    }

    [Fact]
    public async Task A_link_made_anew_never_has_an_etag_of_the_one_before()
    {
        var first = (await _client.MakeAsync(new { url = "https://example.com/", alias = "made-anew" })).Expect(HttpStatusCode.Created);
        (await _client.OfLinkAsync("DELETE", "made-anew")).Expect(HttpStatusCode.NoContent);
        var second = (await _client.MakeAsync(new { url = "https://example.com/", alias = "made-anew" })).Expect(HttpStatusCode.Created);
        Assert.NotEqual(first.ETag, second.ETag);
        (await _client.OfLinkAsync("PATCH", "made-anew", new { title = "late" }, $"If-Match: {first.ETag}"))
            .ExpectProblem(HttpStatusCode.PreconditionFailed, "version-mismatch");
    }

    [Fact]
    public async Task A_link_that_is_not_there_is_not_found_whatever_the_condition() =>
        (await _client.OfLinkAsync("DELETE", "never-made", null, "If-Match: \"1\"")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
}
