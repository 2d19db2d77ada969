using Shortener.Core.Destinations;

namespace Shortener.Tests.Core.Destinations;

public class DestinationUrlTests
{
    /// <summary>Why we refuse what the standard takes. Nobody can register any of these names.</summary>
    public static TheoryData<string, string> StricterThanTheStandard => new()
    {
        { "http://a\"b/", "the host would carry a quotation mark into the serialised URL" },
        { "http://-ä/", "a label that is not plain ASCII begins with a hyphen" },
        { "http://ä-/", "a label that is not plain ASCII ends with a hyphen" },
        { "http://xn----zfa/", "a label begins or ends with a hyphen once decoded" },
        { "http://\u00AD.com/", "nothing is left of a label once it is mapped" },
        { "http://" + new string('ä', 80) + "/", "a label is longer than 63 characters once encoded" },
    };

    [Fact]
    public void Reads_every_vector_as_browsers_do()
    {
        var wrong = UrlVectors.All.Where(vector => !IsReadAsBrowsersDo(vector.Input, vector.Result));

        Assert.True(UrlVectors.All.Count >= 1_500);
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(StricterThanTheStandard))]
    public void Refuses_a_few_hosts_that_the_standard_takes(string input, string reason) =>
        Assert.True(DestinationUrl.TryParse(input, out _) == DestinationError.InvalidHost, reason);

    [Theory]
    [InlineData("http://a\u05D0/")]
    [InlineData("http://xn--a-0hc/")]
    [InlineData("http://\u05D0a/")]
    [InlineData("http://0\u05D0/")]
    [InlineData("http://\u05D0!/")]
    [InlineData("http://\u06270\u0661/")]
    [InlineData("http://1.\u05D0/")]
    public void Refuses_domains_that_mix_directions(string input) =>
        Assert.Equal(DestinationError.InvalidHost, DestinationUrl.TryParse(input, out _));

    [Theory]
    [InlineData("http://\u05D0\u05D11/", "xn--1-zhcd")]
    [InlineData("http://a.\u05D0/", "a.xn--4db")]
    [InlineData("http://\u0627\u0661\u0662/", "xn--mgb0jd")]
    public void Takes_domains_that_are_written_from_the_right(string input, string host)
    {
        Assert.Equal(DestinationError.None, DestinationUrl.TryParse(input, out var url));
        Assert.Equal(host, url!.Host);
    }

    [Theory]
    [InlineData("", DestinationError.Empty)]
    [InlineData(" \t\0\r\n ", DestinationError.Empty)]
    [InlineData("example.com", DestinationError.NotAbsolute)]
    [InlineData("//example.com/", DestinationError.NotAbsolute)]
    [InlineData("/path", DestinationError.NotAbsolute)]
    [InlineData("1http://a/", DestinationError.NotAbsolute)]
    [InlineData(":", DestinationError.NotAbsolute)]
    [InlineData("ftp://a/", DestinationError.SchemeNotAllowed)]
    [InlineData("java\nscript:alert(1)", DestinationError.SchemeNotAllowed)]
    [InlineData("localhost:3000", DestinationError.SchemeNotAllowed)]
    [InlineData("http://user@a/", DestinationError.HasCredentials)]
    [InlineData("http://:password@a/", DestinationError.HasCredentials)]
    [InlineData("http://a%40@[", DestinationError.HasCredentials)]
    [InlineData("http:", DestinationError.InvalidHost)]
    [InlineData("http://@/", DestinationError.InvalidHost)]
    [InlineData("http://:80/", DestinationError.InvalidHost)]
    [InlineData("http://a b/", DestinationError.InvalidHost)]
    [InlineData("http://256.0.0.1/", DestinationError.InvalidHost)]
    [InlineData("http://[::1/", DestinationError.InvalidHost)]
    [InlineData("http://a b:port/", DestinationError.InvalidHost)]
    [InlineData("http://a:65536/", DestinationError.InvalidPort)]
    [InlineData("http://a:port/", DestinationError.InvalidPort)]
    [InlineData("http://[::1]:-1/", DestinationError.InvalidPort)]
    public void Says_what_is_wrong(string input, DestinationError error)
    {
        Assert.Equal(error, DestinationUrl.TryParse(input, out var url));
        Assert.Null(url);
    }

    [Theory]
    [InlineData("http://Example.com", "http", "example.com", 80)]
    [InlineData("https://Example.com", "https", "example.com", 443)]
    [InlineData("HTTPS://bücher.de:080/", "https", "xn--bcher-kva.de", 80)]
    [InlineData("http://0x7f.1:/", "http", "127.0.0.1", 80)]
    [InlineData("http://[0:0::1]:8080/", "http", "[::1]", 8080)]
    [InlineData("http://a:0/", "http", "a", 0)]
    public void Takes_a_url_apart(string input, string scheme, string host, int port)
    {
        Assert.Equal(DestinationError.None, DestinationUrl.TryParse(input, out var url));
        Assert.Equal((scheme, host, port), (url!.Scheme, url.Host, url.Port));
        Assert.Equal(url.Href, url.ToString());
    }

    [Fact]
    public void Keeps_the_string_of_a_url_that_is_serialised_already()
    {
        const string input = "https://www.example.com/a/b-c_d.e?f=g&h=%20#i";

        Assert.Equal(DestinationError.None, DestinationUrl.TryParse(input, out var url));
        Assert.Same(input, url!.Href);
    }

    private static bool IsReadAsBrowsersDo(string input, string? result)
    {
        var error = DestinationUrl.TryParse(input, out var url);
        return result switch
        {
            null => error != DestinationError.None,
            UrlVectors.Credentials => error == DestinationError.HasCredentials,
            _ => url?.Href == result,
        };
    }
}
