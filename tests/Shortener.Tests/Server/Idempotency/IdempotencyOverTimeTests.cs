using System.Net;

namespace Shortener.Tests.Server.Idempotency;

public sealed class IdempotencyOverTimeTests
{
    [Fact]
    public async Task Answers_survive_a_restart()
    {
        await using var server = await RunningServer.StartAsync("Server:PublicUrl=https://sho.rt");
        var link = new { url = "https://example.com/" };
        var key = new { name = "kept", scopes = new[] { "read" } };
        var made = (await server.Client.MakeAsync(link, "Idempotency-Key: link")).Expect(HttpStatusCode.Created);
        var madeKey = (await server.Client.CallAsync("POST", Api.Keys, key, "Idempotency-Key: key")).Expect(HttpStatusCode.Created);
        await server.RestartAsync();
        Assert.Equal(made.Bytes, (await server.Client.MakeAsync(link, "Idempotency-Key: link")).Bytes);
        Assert.Equal(madeKey.Bytes, (await server.Client.CallAsync("POST", Api.Keys, key, "Idempotency-Key: key")).Bytes);
        (await server.Client.MakeAsync(new { url = "https://example.org/" }, "Idempotency-Key: link"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_request_is_forgotten_after_24_hours()
    {
        await using var server = await RunningServer.StartAsync();
        var link = new { url = "https://example.com/" };
        var first = await server.Client.MakeAsync(link, "Idempotency-Key: a");
        server.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal(first.Bytes, (await server.Client.MakeAsync(link, "Idempotency-Key: a")).Bytes);
        server.Clock.Advance(TimeSpan.FromHours(0.2));
        var second = (await server.Client.MakeAsync(link, "Idempotency-Key: a")).Expect(HttpStatusCode.Created);
        Assert.NotEqual(first.StringOf("alias"), second.StringOf("alias"));
        server.Clock.Advance(TimeSpan.FromHours(24.1));
        (await server.Client.MakeAsync(new { url = "https://example.org/" }, "Idempotency-Key: a")).Expect(HttpStatusCode.Created);
    }
}
