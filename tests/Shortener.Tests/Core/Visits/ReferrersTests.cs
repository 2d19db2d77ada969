using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class ReferrersTests
{
    [Theory]
    [InlineData("https://www.Example.com:8443/a?b#c", "example.com")]
    [InlineData("http://example.com./", "example.com")]
    [InlineData("http://news.example.com", "news.example.com")]
    [InlineData("https://www.com/", "www.com")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("http://192.0.2.1:80/", "192.0.2.1")]
    [InlineData("android-app://com.Google.android.gm/", "com.google.android.gm")]
    [InlineData("", "")]
    [InlineData("-", "")]
    [InlineData("about:blank", "")]
    [InlineData("example.com", "")]
    [InlineData("ftp://example.com/", "")]
    [InlineData("https://user@example.com/", "")]
    [InlineData("http://", "")]
    public void The_host_is_what_counts(string referrer, string host) => Assert.Equal(host, Referrers.HostOf(referrer));

    [Fact]
    public void A_host_longer_than_any_is_none()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + "ab";
        Assert.Equal(Referrers.MaxLength, longest.Length);
        Assert.Equal(longest, Referrers.HostOf($"http://{longest}/"));
        Assert.Equal("", Referrers.HostOf($"http://{longest}c/"));
    }
}
