using System.Net;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Idempotency;

public sealed class IdempotencyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_repetition_gets_the_same_answer()
    {
        var link = new { url = "https://example.com/same", title = "ü" };
        var first = (await _client.MakeAsync(link, "Idempotency-Key: same")).Expect(HttpStatusCode.Created);
        (await _client.OfLinkAsync("PATCH", first.StringOf("alias")!, new { title = "changed since" })).Expect(HttpStatusCode.OK);
        AssertSame(first, await _client.MakeAsync(link, "Idempotency-Key: same"));
    }

    [Theory]
    [InlineData("""{"url":"https://example.com/","title":"other"}""")]
    [InlineData("""{"url": "https://example.com/"}""")]
    public async Task Another_body_under_the_same_key_is_refused(string other)
    {
        var key = $"Idempotency-Key: other-body-{other.Length}";
        (await _client.MakeAsync("""{"url":"https://example.com/"}""", key)).Expect(HttpStatusCode.Created);
        (await _client.MakeAsync(other, key)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_same_body_to_another_operation_is_another_request()
    {
        (await _client.MakeAsync("""{"name":"x"}""", "Idempotency-Key: two-paths")).Expect(HttpStatusCode.BadRequest);
        (await _client.CallAsync("POST", Api.Keys, """{"name":"x"}""", "Idempotency-Key: two-paths"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task Each_developer_key_has_its_own_idempotency_keys()
    {
        using var other = shared.Running.ClientFor(await shared.Running.NewKeyAsync(RunningServer.EveryScope));
        var link = new { url = "https://example.com/" };
        var mine = (await _client.MakeAsync(link, "Idempotency-Key: shared")).Expect(HttpStatusCode.Created);
        var theirs = (await other.MakeAsync(link, "Idempotency-Key: shared")).Expect(HttpStatusCode.Created);
        Assert.NotEqual(mine.StringOf("alias"), theirs.StringOf("alias"));
        (await other.MakeAsync(new { url = "https://example.org/" }, "Idempotency-Key: only-theirs")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refusal_is_repeated_too()
    {
        var wrong = new { url = "ftp://example.com/", alias = "a" };
        var first = await _client.MakeAsync(wrong, "Idempotency-Key: refused");
        first.ExpectInvalid("alias", "url");
        AssertSame(first, await _client.MakeAsync(wrong, "Idempotency-Key: refused"));

        (await _client.MakeAsync(new { url = "https://example.com/", alias = "taken-once" })).Expect(HttpStatusCode.Created);
        var taken = await _client.MakeAsync(new { url = "https://example.com/", alias = "taken-once" }, "Idempotency-Key: taken");
        taken.ExpectProblem(HttpStatusCode.Conflict, "alias-taken");
        (await _client.OfLinkAsync("DELETE", "taken-once")).Expect(HttpStatusCode.NoContent);
        AssertSame(taken, await _client.MakeAsync(new { url = "https://example.com/", alias = "taken-once" }, "Idempotency-Key: taken"));
    }

    [Fact]
    public async Task A_body_that_is_no_json_and_a_missing_scope_use_no_key_up()
    {
        (await _client.MakeAsync("{", "Idempotency-Key: not-used-up")).Expect(HttpStatusCode.BadRequest);
        using var reader = shared.Running.ClientFor(await shared.Running.NewKeyAsync(Scopes.Read));
        (await reader.MakeAsync(new { url = "https://example.com/" }, "Idempotency-Key: not-used-up")).Expect(HttpStatusCode.Forbidden);
        (await _client.MakeAsync(new { url = "https://example.com/" }, "Idempotency-Key: not-used-up")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_developer_key_made_twice_is_one()
    {
        var key = new { name = "twice", scopes = new[] { "read" }, owner = "twice" };
        var first = (await _client.CallAsync("POST", Api.Keys, key, "Idempotency-Key: key")).Expect(HttpStatusCode.Created);
        AssertSame(first, await _client.CallAsync("POST", Api.Keys, key, "Idempotency-Key: key"));
        Assert.Single((await _client.ReadAsync($"{Api.Keys}?owner=twice")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    public async Task A_key_is_neither_empty_nor_very_long(string length)
    {
        var key = length.Length == 0 ? "" : new string('k', 256);
        (await _client.MakeAsync(new { url = "https://example.com/" }, $"Idempotency-Key: {key}")).ExpectInvalid("Idempotency-Key");
        (await _client.MakeAsync(new { url = "https://example.com/" }, $"Idempotency-Key: {new string('k', 255)}")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Two_keys_in_one_request_are_refused()
    {
        const string body = """{"url":"https://example.com/"}""";
        var answer = await RawHttp.SendAsync(
            shared.Running.Address,
            $"POST {Api.Links} HTTP/1.1\r\nHost: x.example\r\nConnection: close\r\nX-Api-Key: {shared.Running.Key}\r\n" +
            "Content-Type: application/json\r\nIdempotency-Key: one\r\nIdempotency-Key: two\r\n" +
            $"Content-Length: {body.Length}\r\n\r\n{body}");
        Assert.Equal(400, answer.Status);
        Assert.Contains("Idempotency-Key", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_at_once_under_one_key_make_one_link()
    {
        for (var round = 0; round < 10; round++)
        {
            var link = new { url = "https://example.com/", tags = new[] { $"round-{round}" } };
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _client.MakeAsync(link, $"Idempotency-Key: round-{round}")));
            var made = answers.Where(answer => answer.Status == 201).ToList();
            Assert.NotEmpty(made);
            Assert.All(made, answer => AssertSame(made[0], answer));
            Assert.All(answers.Except(made), answer =>
            {
                answer.ExpectProblem(HttpStatusCode.Conflict, "request-in-flight");
                Assert.Equal("1", answer.Header("Retry-After"));
            });
            Assert.Single((await _client.ReadAsync($"{Api.Links}?tag=round-{round}")).Json.GetProperty("items").EnumerateArray());
            AssertSame(made[0], await _client.MakeAsync(link, $"Idempotency-Key: round-{round}"));
        }
    }

    private static void AssertSame(ApiAnswer first, ApiAnswer again)
    {
        Assert.Equal(first.Status, again.Status);
        Assert.Equal(first.Bytes, again.Bytes);
        Assert.All(new[] { "Location", "ETag", "Content-Type", "Cache-Control" }, name => Assert.Equal(first.Header(name), again.Header(name)));
    }
}
