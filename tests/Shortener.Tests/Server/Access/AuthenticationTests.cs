using System.Net;
using Shortener.Core.Access;
using Shortener.Tests.Core.Access;

namespace Shortener.Tests.Server.Access;

public sealed class AuthenticationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("X-Api-Key: {0}")]
    [InlineData("x-api-key:  {0} ")]
    [InlineData("Authorization: Bearer {0}")]
    [InlineData("Authorization: bearer {0}")]
    public async Task A_key_is_taken_from_either_header(string header)
    {
        using var client = shared.Running.ClientFor(null);
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, header, shared.Running.Key);
        (await client.ReadAsync(Api.Links, text)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_not_exactly_a_key_opens_nothing()
    {
        using var client = shared.Running.ClientFor(null);
        var (key, other) = (shared.Running.Key, await shared.Running.NewKeyAsync(Scopes.Read));
        string[] headers =
        [
            "X-Api-Key: ", "X-Api-Key: shrt_", $"X-Api-Key: {key[..^1]}", $"X-Api-Key: {key}x", $"X-Api-Key: {key.ToUpperInvariant()}",
            $"X-Api-Key: {Swapped(key, 25)}", $"X-Api-Key: {key[..18]}{other[18..]}", $"X-Api-Key: {key},{key}",
            $"X-Api-Key: {new string('a', 4000)}", "Authorization: Bearer", $"Authorization: Basic {key}",
            $"Authorization: {key}", $"Authorization: Bearer {key} {key}",
        ];
        foreach (var header in headers)
        {
            var answer = await client.ReadAsync(Api.Links, header);
            if (answer.Status != 401) Assert.Fail($"{answer.Status} to {header}");
            Assert.Equal("unauthorized", answer.ProblemCode);
            Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task A_guessed_secret_with_the_right_checksum_opens_nothing()
    {
        // The id is public; whoever knows it can compute a checksum, but not the secret.
        Assert.True(DeveloperKeyText.TryParseId(shared.Running.Key, out var id));
        using var client = shared.Running.ClientFor(ForgedKeyText.Of(id));
        (await client.ReadAsync(Api.Links)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    private static string Swapped(string key, int at) => key[..at] + (key[at] == 'a' ? 'b' : 'a') + key[(at + 1)..];
}
