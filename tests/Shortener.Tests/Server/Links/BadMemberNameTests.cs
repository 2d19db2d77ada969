using System.Text;

namespace Shortener.Tests.Server.Links;

public sealed class BadMemberNameTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_member_whose_name_is_no_utf_8_is_refused() => Assert.Equal(
        400, (await _client.MakeAsync(Encoding.Latin1.GetBytes("{\"url\":\"https://example.com/\",\"\u00ff\":1}"))).Status);

    [Theory]
    [InlineData("""{"url":"https://example.com/","\ud800":1}""")]
    [InlineData("""{"url":"https://example.com/","\ud800":1,"\ud801":2}""")]
    [InlineData("""{"url":"https://example.com/","title":{"\udc00":1}}""")]
    public async Task A_member_whose_name_is_half_a_character_is_refused(string body) => Assert.Equal(400, (await _client.MakeAsync(body)).Status);
}
