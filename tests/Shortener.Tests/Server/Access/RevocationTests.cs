using System.Net;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Access;

public sealed class RevocationTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_the_next_request_on()
    {
        var key = await _server.NewKeyAsync(Scopes.Read);
        using var client = _server.ClientFor(key);
        (await client.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        (await RevokeAsync(_server.Client, key)).Expect(HttpStatusCode.NoContent);
        (await client.ReadAsync(Api.Links)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await RevokeAsync(_server.Client, key)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.DoesNotContain(IdOf(key), (await _server.Client.ReadAsync(Api.Keys)).Text, StringComparison.Ordinal);
        await _server.RestartAsync();
        using var later = _server.ClientFor(key);
        (await later.ReadAsync(Api.Links)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task The_links_of_a_revoked_key_live_on()
    {
        var key = await _server.NewKeyAsync(Scopes.Create);
        using var client = _server.ClientFor(key);
        (await client.MakeAsync(new { url = "https://example.com/", alias = "lives-on" })).Expect(HttpStatusCode.Created);
        await RevokeAsync(_server.Client, key);
        (await _server.Client.ReadAsync("/lives-on")).Expect(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_last_admin_key_cannot_be_revoked()
    {
        await _server.NewKeyAsync(RunningServer.EveryScope & ~Scopes.Admin);
        (await RevokeAsync(_server.Client, _server.Key)).ExpectProblem(HttpStatusCode.Conflict, "last-admin-key");
        var brief = await _server.Client.CallAsync("POST", Api.Keys,
            new { name = "brief", scopes = new[] { "admin" }, expiresAt = _server.Clock.GetUtcNow().AddMinutes(1) });
        brief.Expect(HttpStatusCode.Created);
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        (await RevokeAsync(_server.Client, _server.Key)).ExpectProblem(HttpStatusCode.Conflict, "last-admin-key");
        await _server.NewKeyAsync(Scopes.Admin, "somebody");
        (await RevokeAsync(_server.Client, _server.Key)).Expect(HttpStatusCode.NoContent);
    }

    private static string IdOf(string key) => key.Split('_')[1];

    private static Task<ApiAnswer> RevokeAsync(HttpClient client, string key) => client.CallAsync("DELETE", $"{Api.Keys}/{IdOf(key)}");
}
