using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Links;

public sealed class DeleteLinkTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_deleted_link_is_gone_everywhere()
    {
        await shared.Running.CreateAsync(new { url = "https://example.com/", alias = "deleted", tags = new[] { "gone" } });
        (await _client.ReadAsync("/deleted")).Expect(HttpStatusCode.Redirect);
        var deleted = (await _client.OfLinkAsync("DELETE", "deleted")).Expect(HttpStatusCode.NoContent);
        Assert.Empty(deleted.Bytes);
        (await _client.OfLinkAsync("DELETE", "deleted")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await _client.OfLinkAsync("GET", "deleted")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await _client.OfLinkAsync("PATCH", "deleted", new { title = "x" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await _client.ReadAsync("/deleted")).Expect(HttpStatusCode.NotFound);
        Assert.Equal(0, (await _client.ReadAsync($"{Api.Links}?tag=gone")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Its_owner_can_make_it_again_and_nobody_else_can()
    {
        using var stranger = shared.Running.ClientFor(await shared.Running.NewKeyAsync(RunningServer.EveryScope, "stranger"));
        var first = await shared.Running.CreateAsync(new { url = "https://example.com/", alias = "kept-for-owner", title = "old" });
        (await _client.OfLinkAsync("DELETE", "kept-for-owner")).Expect(HttpStatusCode.NoContent);
        (await stranger.MakeAsync(new { url = "https://example.com/", alias = "kept-for-owner" }))
            .ExpectProblem(HttpStatusCode.Conflict, "alias-taken");
        var again = (await _client.MakeAsync(new { url = "https://example.org/", alias = "kept-for-owner" })).Expect(HttpStatusCode.Created);
        Assert.Equal(JsonValueKind.Null, again.Json.GetProperty("title").ValueKind);
        Assert.True(again.Json.GetProperty("version").GetInt64() > first.GetProperty("version").GetInt64());
        Assert.Equal("https://example.org/", (await _client.ReadAsync("/kept-for-owner")).Location);
    }

    [Fact]
    public async Task Another_owners_link_is_not_there_for_any_method()
    {
        using var stranger = shared.Running.ClientFor(await shared.Running.NewKeyAsync(RunningServer.EveryScope, "stranger"));
        var made = (await _client.MakeAsync(new { url = "https://example.com/", alias = "mine-alone" })).Expect(HttpStatusCode.Created);
        foreach (var method in new[] { "GET", "PUT", "PATCH", "DELETE" })
        {
            var answer = await stranger.OfLinkAsync(method, "mine-alone", method is "PUT" or "PATCH" ? new { url = "https://evil.example/" } : null);
            answer.ExpectProblem(HttpStatusCode.NotFound, "not-found");
            var absent = await stranger.OfLinkAsync(method, "nobodys", method is "PUT" or "PATCH" ? new { url = "https://evil.example/" } : null);
            Assert.Equal(absent.Bytes, answer.Bytes);
        }

        var ifMatch = await stranger.OfLinkAsync("DELETE", "mine-alone", null, "If-Match: \"9\"");
        ifMatch.ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Null(ifMatch.ETag);
        Assert.Equal(0, (await stranger.ReadAsync(Api.Links)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(made.LinkText, (await _client.OfLinkAsync("GET", "mine-alone")).LinkText);
    }

    [Fact]
    public async Task Two_keys_of_one_owner_reach_the_same_links()
    {
        using var second = shared.Running.ClientFor(await shared.Running.NewKeyAsync(RunningServer.EveryScope));
        await shared.Running.CreateAsync(new { url = "https://example.com/", alias = "shared-by-keys" });
        (await second.OfLinkAsync("DELETE", "shared-by-keys")).Expect(HttpStatusCode.NoContent);
    }
}
