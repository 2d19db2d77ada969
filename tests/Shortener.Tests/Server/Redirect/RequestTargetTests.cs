using System.Net;

namespace Shortener.Tests.Server.Redirect;

/// <summary>Requests over a bare socket: the right refusal, never a failure, and the service goes on.</summary>
public sealed class RequestTargetTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly Uri _server = shared.Running.Address;

    [Theory]
    [InlineData("/%00", 400)]
    [InlineData("/abc%00def", 400)]
    [InlineData("/..", 404, 200)]
    [InlineData("/../../etc/passwd", 404)]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("/%2f%2fexample.com", 404)]
    [InlineData("//example.com/abc", 404)]
    [InlineData("/abc%2Fdef", 404)]
    [InlineData("/abc%5Cdef", 404)]
    [InlineData("/%", 404, 400)]
    [InlineData("/%zz%1", 404, 400)]
    [InlineData("/%FF%FE", 404, 400)]
    [InlineData("/%C3%BC%C3%BC%C3%BC", 404)]
    [InlineData("/\u00fc\u00fc\u00fc", 400)]
    [InlineData("/\u00ff\u00fe", 400)]
    [InlineData("/abc\u0001", 400, 404)]
    [InlineData("/abc def", 400)]
    [InlineData("/;;;", 404)]
    [InlineData("/abc?a=%00&b=%FF", 404)]
    [InlineData("*", 400, 404, 405)]
    [InlineData("abc", 400, 405)]
    [InlineData("", 400)]
    [InlineData("http://", 400)]
    [InlineData("ftp://x/y", 400, 404)]
    public async Task A_target_that_leads_nowhere_is_refused(string target, params int[] statuses) =>
        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, target), statuses, target);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("FOO")]
    [InlineData("get")]
    [InlineData("Head")]
    public async Task Only_get_and_head_visit(string method)
    {
        await shared.Client.MakeAsync(new { url = "https://example.com/", alias = "methods" });
        foreach (var path in new[] { "/methods", "/methods", "/no-such-link" })
        {
            var answer = await RawHttp.VisitAsync(_server, path, method, "Content-Length: 0");
            Assert.Equal(405, answer.Status);
            Assert.Equal("GET, HEAD", answer.Header("Allow"));
            Assert.Contains("method-not-allowed", answer.Body, StringComparison.Ordinal);
        }

        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, "/", method, "Content-Length: 0"), [405], method);
    }

    [Theory]
    [InlineData("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nConnection: close\r\n\r\n", 404, 405, 400, 501)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404, 405, 400)]
    [InlineData("GET /abc HTTP/1.1\r\nConnection: close\r\n\r\n", 400)]
    [InlineData("GET /abc HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /abc HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET http://one.example/abc HTTP/1.1\r\nHost: two.example\r\nConnection: close\r\n\r\n", 400)]
    [InlineData("GET /abc\r\n\r\n", 400)]
    [InlineData("GET /abc HTTP/3.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET /abc HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n", 400)]
    [InlineData("GET /abc HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n", 400)]
    [InlineData("GET /abc HTTP/1.1\r\nHost: a\r\nX: \u00ff\u00fe\r\nConnection: close\r\n\r\n", 400, 404)]
    [InlineData("G\u00ebT /abc HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n", 400)]
    [InlineData("POST /api/v1/links HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 401)]
    [InlineData("POST /api/v1/links HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    public async Task A_request_that_is_malformed_is_refused(string request, params int[] statuses) =>
        await AssertRefusedAsync(await RawHttp.SendAsync(_server, request), statuses, request);

    [Fact]
    public async Task Floods_are_cut_off()
    {
        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, "/" + new string('a', 9_000)), [414], "long path");
        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, "/abc?" + new string('a', 9_000)), [414], "long query");
        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, "/" + new string('a', 7_000)), [404], "path within the bound");
        await AssertRefusedAsync(
            await RawHttp.VisitAsync(_server, "/abc", "GET", [.. Enumerable.Range(0, 500).Select(i => $"X-{i}: y")]), [431], "many headers");
        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, "/abc", "GET", $"X: {new string('y', 20_000)}"), [431], "a large header");
        await AssertRefusedAsync(await RawHttp.VisitAsync(_server, "/abc", "GET", $"Accept: {new string('y', 8_000)}"), [404], "a header within the bound");
    }

    private async Task AssertRefusedAsync(RawAnswer answer, int[] statuses, string what)
    {
        if (!statuses.Contains(answer.Status)) Assert.Fail($"{answer.Status} to '{what}':\n{answer.Text}");
        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)(await RawHttp.VisitAsync(_server, "/health/live")).Status);
    }
}
