namespace Shortener.Tests.Server.Redirect;

public sealed class LocationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>What is given, and the bytes that must come back.</summary>
    public static TheoryData<string, string> Destinations => new()
    {
        { "https://example.com", "https://example.com/" },
        { "https://example.com/%2F%2f/%00/%zz/%", "https://example.com/%2F%2f/%00/%zz/%" },
        { "https://example.com/a b?c d#e f", "https://example.com/a%20b?c%20d#e%20f" },
        { "https://example.com/?q=%C3%BC&r=ü&s='\"<>", "https://example.com/?q=%C3%BC&r=%C3%BC&s=%27%22%3C%3E" },
        { "https://日本語.example/パス", "https://xn--wgv71a119e.example/%E3%83%91%E3%82%B9" },
        { "https://EXAMPLE.com:443/A/./b/../C", "https://example.com/A/C" },
        { "https://example.com:8443/;a=b,c|d^e`f{g}", "https://example.com:8443/;a=b,c|d%5Ee%60f%7Bg%7D" },
        { "http://[2001:DB8::1]:81/x", "http://[2001:db8::1]:81/x" },
        { "http://192.168.257/x", "http://192.168.1.1/x" },
        { "https://example.com/a\r\n\tSet-Cookie: x", "https://example.com/aSet-Cookie:%20x" },
        { "https://example.com\\a\\b", "https://example.com/a/b" },
        { "https://example.com/😀?😀#😀", "https://example.com/%F0%9F%98%80?%F0%9F%98%80#%F0%9F%98%80" },
        { "https://example.com/#%", "https://example.com/#%" },
        { "https://example.com/" + new string('a', 2028), "https://example.com/" + new string('a', 2028) },
    };

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task The_location_is_the_stored_url_byte_for_byte(string given, string sent)
    {
        var made = await shared.Running.CreateAsync(new { url = given });
        var alias = made.GetProperty("alias").GetString();
        // The first visit asks the store, the second one memory.
        foreach (var method in new[] { "GET", "GET", "HEAD" })
        {
            var answer = await RawHttp.VisitAsync(shared.Running.Address, $"/{alias}", method);
            Assert.Equal(302, answer.Status);
            Assert.Equal(sent, answer.Header("Location"));
            Assert.Equal("", answer.Body);
            Assert.Null(answer.Header("Set-Cookie"));
        }

        Assert.Equal(sent, made.GetProperty("url").GetString());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_link_is_followed_with_its_own_status_and_never_cached(int redirectStatus)
    {
        var made = await shared.Running.CreateAsync(new { url = "https://example.com/", redirectStatus });
        foreach (var method in new[] { "GET", "HEAD", "GET", "HEAD" })
        {
            var answer = await RawHttp.VisitAsync(shared.Running.Address, $"/{made.GetProperty("alias").GetString()}", method);
            Assert.Equal(redirectStatus, answer.Status);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Equal("0", answer.Header("Content-Length"));
        }
    }

    [Theory]
    [InlineData("/{0}?utm_source=x")]
    [InlineData("/{0}?")]
    [InlineData("/%61bc-visit")]
    [InlineData("http://elsewhere.example/{0}")]
    public async Task An_alias_is_recognised_however_the_target_is_written(string target)
    {
        await shared.Client.MakeAsync(new { url = "https://example.com/x", alias = "abc-visit" });
        var answer = await RawHttp.SendAsync(shared.Running.Address,
            $"GET {target.Replace("{0}", "abc-visit", StringComparison.Ordinal)} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n");
        Assert.Equal(302, answer.Status);
        Assert.Equal("https://example.com/x", answer.Header("Location"));
    }
}
