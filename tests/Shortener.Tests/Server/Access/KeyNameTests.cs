namespace Shortener.Tests.Server.Access;

public sealed class KeyNameTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("""{"scopes":["read"]}""")]
    [InlineData("""{"name":null,"scopes":["read"]}""")]
    public async Task A_key_needs_a_name_as_its_documentation_says(string body) =>
        (await shared.Client.CallAsync("POST", Api.Keys, body)).ExpectInvalid("name");
}
