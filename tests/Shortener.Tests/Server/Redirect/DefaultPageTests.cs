using System.Net;

namespace Shortener.Tests.Server.Redirect;

public sealed class DefaultPageTests
{
    [Theory]
    [InlineData("https://bücher.example/a b?ü", "https://xn--bcher-kva.example/a%20b?%C3%BC")]
    [InlineData("https://example.com", "https://example.com/")]
    public async Task The_default_page_is_sent_as_the_url_standard_writes_it(string setting, string location)
    {
        await using var server = await RunningServer.StartAsync($"Redirect:DefaultUrl={setting}");
        Assert.Equal(location, (await server.Client.ReadAsync("/unknown")).Expect(HttpStatusCode.Redirect).Location);
    }
}
