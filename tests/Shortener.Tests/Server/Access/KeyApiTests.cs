using System.Net;
using System.Text.Json;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Access;

public sealed class KeyApiTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task The_secret_is_in_the_first_answer_only()
    {
        var made = (await _client.CallAsync("POST", Api.Keys, new { name = "ci", scopes = new[] { "create", "read" } })).Expect(HttpStatusCode.Created);
        var (id, secret) = (made.StringOf("id")!, made.StringOf("key")!);
        Assert.Matches($"^shrt_{id}_[0-9A-Za-z]{{49}}$", secret);
        Assert.Equal($"/api/v1/keys/{id}", made.Location);
        Assert.Equal(["read", "create"], made.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!));
        var list = (await _client.ReadAsync(Api.Keys)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("\"key\":", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[^30..], list.Text, StringComparison.Ordinal);
        var listed = list.Json.GetProperty("items").EnumerateArray().Single(key => key.GetProperty("id").GetString() == id);
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("expiresAt").ValueKind);
    }

    [Fact]
    public async Task A_key_is_where_its_location_says_until_it_is_revoked()
    {
        var made = await MakeAsync(new { name = "located", scopes = new[] { "read" }, owner = "somebody", expiresAt = "2090-01-01T00:00:00Z" });
        var shown = (await _client.ReadAsync(made.Location!)).Expect(HttpStatusCode.OK);
        Assert.All(["id", "owner", "name", "scopes", "createdAt", "expiresAt"], field => Assert.Equal(
            made.Json.GetProperty(field).GetRawText(), shown.Json.GetProperty(field).GetRawText()));
        Assert.False(shown.Json.TryGetProperty("key", out _));
        (await _client.CallAsync("DELETE", made.Location!)).Expect(HttpStatusCode.NoContent);
        (await _client.ReadAsync(made.Location!)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await _client.ReadAsync($"{Api.Keys}/unknown")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_key_belongs_to_the_owner_of_the_key_that_made_it_unless_told_otherwise()
    {
        var own = await MakeAsync(new { name = "own", scopes = new[] { "read" } });
        Assert.Equal("default", own.StringOf("owner"));
        var other = await MakeAsync(new { name = "other", scopes = new[] { "create" }, owner = " team-x " });
        Assert.Equal("team-x", other.StringOf("owner"));
        using var client = shared.Running.ClientFor(other.StringOf("key"));
        var made = await client.MakeAsync(new { url = "https://example.com/" });
        (await _client.OfLinkAsync("GET", made.StringOf("alias")!)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        var listed = (await _client.ReadAsync($"{Api.Keys}?owner=team-x")).Json.GetProperty("items").EnumerateArray();
        Assert.All(listed, key => Assert.Equal("team-x", key.GetProperty("owner").GetString()));
        Assert.Contains(listed, key => key.GetProperty("id").GetString() == other.StringOf("id"));
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":null}""", "scopes")]
    [InlineData("""{"name":"x","scopes":"read"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read","root"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["Read"]}""", "scopes")]
    [InlineData("""{"name":"","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"a\nb","scopes":["read"],"owner":" "}""", "name", "owner")]
    [InlineData("""{"name":5,"scopes":["read"],"id":"mine","key":"mine"}""", "id", "key", "name")]
    [InlineData("""{"name":"x","scopes":["read"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","scopes":["read"],"expiresAt":5}""", "expiresAt")]
    public async Task A_field_that_is_wrong_is_named(string body, params string[] wrong) =>
        (await _client.CallAsync("POST", Api.Keys, body)).ExpectInvalid(wrong);

    [Fact]
    public async Task A_field_that_cannot_be_read_is_told_once_and_by_its_cause()
    {
        var answer = await _client.CallAsync("POST", Api.Keys, """{"name":5,"scopes":"read","expiresAt":"soon","owner":[]}""");
        answer.ExpectInvalid("expiresAt", "name", "owner", "scopes");
        Assert.All(answer.Json.GetProperty("errors").EnumerateObject(), error => Assert.Equal(1, error.Value.GetArrayLength()));
        Assert.Equal("Give a list of strings.", answer.ErrorOf("scopes"));
        Assert.Equal("Give a string.", answer.ErrorOf("name"));
    }

    [Fact]
    public async Task A_name_may_have_100_characters()
    {
        await MakeAsync(new { name = new string('n', 100), scopes = new[] { "read" } });
        (await _client.CallAsync("POST", Api.Keys, new { name = new string('n', 101), scopes = new[] { "read" } })).ExpectInvalid("name");
    }

    [Fact]
    public async Task Keys_are_listed_in_pages_newest_first()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await MakeAsync(new { name = $"{i}", scopes = new[] { "read" }, owner = "pages" })).StringOf("id")!);
            shared.Running.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        var (listed, cursor) = (new List<string>(), "");
        do
        {
            var page = (await _client.ReadAsync($"{Api.Keys}?owner=pages&limit=2&cursor={cursor}")).Expect(HttpStatusCode.OK).Json;
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(made.AsEnumerable().Reverse(), listed);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=!", "cursor")]
    [InlineData("state=active", "state")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string wrong) =>
        (await _client.ReadAsync($"{Api.Keys}?{query}")).ExpectInvalid(wrong);

    [Fact]
    public async Task A_key_that_expires_opens_nothing_afterwards()
    {
        await using var server = await RunningServer.StartAsync();
        var expiresAt = server.Clock.GetUtcNow().AddHours(1);
        var made = await server.Client.CallAsync("POST", Api.Keys, new { name = "brief", scopes = new[] { "read" }, expiresAt });
        using var client = server.ClientFor(made.StringOf("key"));
        (await client.ReadAsync(Api.Links)).Expect(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await client.ReadAsync(Api.Links)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_key_made_with_few_scopes_cannot_give_itself_more()
    {
        using var client = shared.Running.ClientFor(await shared.Running.NewKeyAsync(Scopes.Read | Scopes.Create | Scopes.Manage));
        (await client.CallAsync("POST", Api.Keys, new { name = "more", scopes = new[] { "admin" } }))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<ApiAnswer> MakeAsync(object key) => (await _client.CallAsync("POST", Api.Keys, key)).Expect(HttpStatusCode.Created);
}
