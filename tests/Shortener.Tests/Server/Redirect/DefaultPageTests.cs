using System.Net;
using Shortener.Server.Settings;

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

    [Theory]
    [InlineData("https://sho.rt/", "Server:PublicUrl=https://sho.rt")]
    [InlineData("http://SHO.rt./home?a#b", "Server:PublicUrl=https://sho.rt")]
    [InlineData("http://sho.rt/api", "Server:PublicUrl=https://sho.rt/")]
    [InlineData("https://example.com/s", "Server:PublicUrl=https://example.com/s/")]
    [InlineData("https://example.com/s/home", "Server:PublicUrl=https://example.com/s")]
    [InlineData("http://go.example:8081/", "Links:OwnHosts=go.example:8081")]
    [InlineData("http://localhost:0/home", "Links:MaxUrlLength=2048")]
    public async Task A_default_page_on_the_service_itself_would_go_in_circles(string url, string setting)
    {
        using var directory = new TemporaryDirectory();
        string[] settings = [$"Redirect:DefaultUrl={url}", setting, $"Storage:Directory={directory.Path}"];
        var failure = await Assert.ThrowsAsync<SettingsException>(() => Shortener.Server.Program.BuildAsync(
            [.. settings.Select(each => $"--Shortener:{each}"), "--urls=http://127.0.0.1:0"], TimeProvider.System));
        Assert.Contains($"Shortener:Redirect:DefaultUrl is '{url}', which leads back to this service", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/", "Server:PublicUrl=https://example.com/s")]
    [InlineData("https://example.com/sale", "Server:PublicUrl=https://example.com/s")]
    [InlineData("https://www.sho.rt/", "Server:PublicUrl=https://sho.rt")]
    [InlineData("https://sho.rt/docs/index.html", "Server:PublicUrl=https://sho.rt")]
    public async Task A_default_page_beside_the_service_is_taken(string url, string setting)
    {
        await using var server = await RunningServer.StartAsync($"Redirect:DefaultUrl={url}", setting);
        Assert.Equal(url, (await server.Client.ReadAsync("/unknown")).Expect(HttpStatusCode.Redirect).Location);
    }
}
