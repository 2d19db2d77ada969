using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Access;
using Shortener.Core.Idempotency;

namespace Shortener.Tests.Server.Docs;

/// <summary>The answers that the service gives are those that the document describes: status, type, body and headers.</summary>
public sealed class LiveAnswerTests
{
    private const string Links = "/api/v1/links";
    private const string Keys = "/api/v1/keys";
    private const string OneLink = Links + "/{alias}";

    /// <summary>Not brought about here: a client of 240 bytes a second, a bug, and a disk that is full for each kind of write.</summary>
    private static readonly string[] NotTried = ["408", "500", "507"];

    [Fact]
    public async Task Every_documented_answer_is_given_and_is_as_documented()
    {
        await using var server = await RunningServer.StartAsync("Visits:KeepRaw=10");
        var document = await ApiDocument.ReadAsync(server.Client);
        var api = new LiveApi(document);
        await SucceedAsync(api, server);
        await ConflictAsync(api, server);
        foreach (var operation in document.Operations) await api.RefuseAsync(server, operation);
        foreach (var post in document.Operations.Where(operation => operation.Method == "POST")) await RepeatAsync(api, server, post);
        await LimitAsync(api, server, document);
        await FailAsync(api, document);
        var documented = document.Operations.SelectMany(operation => operation.Responses
            .Where(response => !NotTried.Contains(response.Name)).Select(response => $"{operation.Name} {response.Name}"));
        Assert.Equal(documented.Order(StringComparer.Ordinal), api.Given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_full_database_is_answered_as_documented()
    {
        await using var server = await RunningServer.StartAsync("Storage:MaxBytes=1048576");
        var body = new { url = "https://example.com/" + new string('a', 2_000) };
        var answer = await server.Client.MakeAsync(body);
        while (answer.Status == 201) answer = await server.Client.MakeAsync(body);
        Assert.Equal(507, answer.Status);
        var document = await ApiDocument.ReadAsync(server.Client);
        Assert.Equal([], document.Faults(document.Operation($"POST {Links}"), answer));
    }

    [Theory]
    [InlineData("paths./api/v1/links/{alias}.get.responses.200", "not documented")]
    [InlineData("paths./api/v1/links/{alias}.get.responses.200.headers.ETag", "ETag is not documented")]
    [InlineData("paths./api/v1/links/{alias}.get.responses.200.content.application/json", "of type")]
    [InlineData("paths./api/v1/links/{alias}.get.responses.200.content", "there is a body")]
    [InlineData("components.schemas.LinkBody.properties.title", "title is not documented")]
    public async Task What_is_not_documented_is_found(string removed, string fault)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "found" });
        var whole = await ApiDocument.ReadAsync(server.Client);
        var answer = await server.Client.OfLinkAsync("GET", "found");
        Assert.Equal([], whole.Faults(whole.Operation($"GET {OneLink}"), answer));
        var less = JsonNode.Parse(whole.Root.GetRawText())!;
        var path = removed.Split('.');
        var parent = path[..^1].Aggregate(less, (node, name) => node[name]!).AsObject();
        Assert.True(parent.Remove(path[^1]));
        var document = new ApiDocument(System.Text.Json.JsonSerializer.SerializeToElement(less));
        Assert.Contains(fault, Assert.Single(document.Faults(document.Operation($"GET {OneLink}"), answer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_documented_header_that_is_missing_is_found()
    {
        await using var server = await RunningServer.StartAsync();
        var document = await ApiDocument.ReadAsync(server.Client);
        var answer = await server.Client.ReadAsync(Links);
        answer.Headers.Remove("Cache-Control");
        Assert.Equal("the header Cache-Control is missing", Assert.Single(document.Faults(document.Operation($"GET {Links}"), answer)));
    }

    private static async Task SucceedAsync(LiveApi api, RunningServer server)
    {
        var client = server.Client;
        var first = new { url = "https://example.com/", alias = "first", title = "T", tags = new[] { "a" } };
        await api.CallAsync(client, 201, $"POST {Links}", Links, first);
        await api.CallAsync(client, 201, $"POST {Links}", Links, """{"url":"https://example.com/","expiresAt":null,"state":"disabled"}""");
        await api.CallAsync(client, 201, $"POST {Links}", Links, """{"url":"https://example.com/","ttl":1}""");
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        await api.CallAsync(client, 200, $"GET {Links}", Links);
        var page = await api.CallAsync(client, 200, $"GET {Links}", $"{Links}?limit=1&state=active&tag=a");
        Assert.Equal(1, page.Json.GetProperty("items").GetArrayLength());
        var read = await api.CallAsync(client, 200, $"GET {OneLink}", $"{Links}/first");
        await api.CallAsync(client, 304, $"GET {OneLink}", $"{Links}/first", null, $"If-None-Match: {read.ETag}");
        foreach (var path in new[] { Links + "/{alias}", "/api/v1" })
        {
            var stats = $"{path.Replace("{alias}", "first", StringComparison.Ordinal)}/stats";
            await api.CallAsync(client, 200, $"GET {path}/stats", stats);
            await api.CallAsync(client, 200, $"GET {path}/stats", $"{stats}?interval=hour&dimension=country&timezone=Asia/Kolkata");
            await api.CallAsync(client, 200, $"GET {path}/stats/export", $"{stats}/export");
            await api.CallAsync(client, 200, $"GET {path}/stats/export", $"{stats}/export?format=ndjson");
            await api.CallAsync(client, 200, $"GET {path}/visits/live", stats.Replace("stats", "visits/live?seconds=1", StringComparison.Ordinal));
        }

        (await client.ReadAsync("/first")).Expect(System.Net.HttpStatusCode.Redirect);
        await server.RestartAsync();
        client = server.Client;
        var visits = await api.CallAsync(client, 200, $"GET {OneLink}/visits", $"{Links}/first/visits?limit=1");
        Assert.Equal(1, visits.Json.GetProperty("items").GetArrayLength());
        await api.CallAsync(client, 200, $"PUT {OneLink}", $"{Links}/first", read.Bytes, $"If-Match: {read.ETag}");
        await api.CallAsync(client, 200, $"PATCH {OneLink}", $"{Links}/first", """{"title":null}""");
        await api.CallAsync(client, 204, $"DELETE {OneLink}", $"{Links}/first");
        var key = await api.CallAsync(
            client, 201, $"POST {Keys}", Keys, """{"name":"ci","scopes":["read"],"expiresAt":"2090-01-01T00:00:00Z"}""");
        await api.CallAsync(client, 200, $"GET {Keys}", $"{Keys}?limit=1");
        await api.CallAsync(client, 200, $"GET {Keys}", Keys);
        await api.CallAsync(client, 200, $"GET {Keys}/{{id}}", key.Location!);
        await api.CallAsync(client, 204, $"DELETE {Keys}/{{id}}", $"{Keys}/{key.StringOf("id")}");
    }

    private static async Task ConflictAsync(LiveApi api, RunningServer server)
    {
        var link = new { url = "https://example.com/", alias = "taken" };
        await server.CreateAsync(link);
        await api.CallAsync(server.Client, 409, $"POST {Links}", Links, link);
        await using var counting = await RunningServer.StartAsync();
        await counting.CreateAsync(link);
        await api.CallAsync(counting.Client, 409, $"GET {OneLink}/visits", $"{Links}/taken/visits");
        await using var uncounted = await RunningServer.StartAsync("Visits:Enabled=false");
        await uncounted.CreateAsync(link);
        await api.CallAsync(uncounted.Client, 409, $"GET {OneLink}/visits/live", $"{Links}/taken/visits/live");
        await api.CallAsync(uncounted.Client, 409, "GET /api/v1/visits/live", "/api/v1/visits/live");
        foreach (var method in new[] { "PUT", "PATCH", "DELETE" })
        {
            var body = method == "DELETE" ? null : link;
            await api.CallAsync(server.Client, 412, $"{method} {OneLink}", $"{Links}/taken", body, "If-Match: \"99\"");
        }

        foreach (var method in new[] { "PUT", "PATCH" })
            await api.CallAsync(server.Client, 400, $"{method} {OneLink}", $"{Links}/taken", """{"nosuchfield":1,"url":7}""");
        Assert.True(DeveloperKeyText.TryParseId(server.Key, out var id));
        foreach (var other in (await server.Client.ReadAsync(Keys)).Json.GetProperty("items").EnumerateArray())
        {
            if (other.GetProperty("id").GetString() != id)
                (await server.Client.CallAsync("DELETE", $"{Keys}/{other.GetProperty("id")}")).Expect(System.Net.HttpStatusCode.NoContent);
        }

        await api.CallAsync(server.Client, 409, $"DELETE {Keys}/{{id}}", $"{Keys}/{id}");
    }

    /// <summary>Repeated with another body, and while the first try is still being worked on.</summary>
    private static async Task RepeatAsync(LiveApi api, RunningServer server, DocumentedOperation post)
    {
        Assert.True(DeveloperKeyText.TryParseId(server.Key, out var id));
        var body = post.RequestExample.GetRawText();
        var now = server.Clock.GetUtcNow();
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes($"POST {post.Path}\n{body}"));
        var begun = await server.Services.GetRequiredService<IIdempotencyStore>().BeginAsync(
            new IdempotentRequest(id, post.Path), fingerprint, Guid.NewGuid(), now, now.AddMinutes(1), now.AddHours(1),
            CancellationToken.None);
        Assert.Equal(BeginOutcome.Started, begun.Outcome);
        var working = await api.CallAsync(server.Client, 409, post.Name, post.Path, body, $"Idempotency-Key: {post.Path}");
        Assert.Equal("request-in-flight", working.ProblemCode);
        Assert.NotNull(working.Header("Retry-After"));
        await api.CallAsync(server.Client, 422, post.Name, post.Path, "{}", $"Idempotency-Key: {post.Path}");
    }

    private static async Task LimitAsync(LiveApi api, RunningServer server, ApiDocument document)
    {
        await server.RestartAsync("RateLimits:PerKey=1", "RateLimits:Window=1.00:00:00");
        await server.Client.ReadAsync(Links);
        foreach (var operation in document.Operations) await api.CallAsync(server.Client, 429, operation);
    }

    private static async Task FailAsync(LiveApi api, ApiDocument document)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/" });
        using var unknown = server.ClientFor(await server.NewKeyAsync(RunningServer.EveryScope));
        await server.DamageDatabaseAsync();
        foreach (var operation in document.Operations)
        {
            // This one has nothing to look up but the key, and server.Client's is in memory.
            await api.CallAsync(operation.Path.EndsWith("v1/visits/live", StringComparison.Ordinal) ? unknown : server.Client, 503, operation);
        }
    }
}
