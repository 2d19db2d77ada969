using Shortener.Core.Destinations;

namespace Shortener.Tests.Core.Links;

public sealed class DestinationPolicyTests
{
    private static readonly DestinationPolicy Policy = new(
        maxLength: 60,
        [new("s.example", 443), new("s.example", 8080), new("plain.example", 80), new("[::1]", 5000), new("odd.example", 9000)],
        ["blocked.example", "sub.partly.example", "10.0.0.1", "tld"]);

    [Theory]
    [InlineData("https://blocked.example/")]
    [InlineData("http://BLOCKED.example:81/a?b#c")]
    [InlineData("https://a.blocked.example/")]
    [InlineData("https://a.b.c.blocked.example/")]
    [InlineData("https://blocked.example./")]
    [InlineData("https://a.blocked.example./")]
    [InlineData("https://x.sub.partly.example/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://0xa.1/")]
    [InlineData("http://any.tld/")]
    public void A_blocked_host_is_refused_with_all_its_subdomains(string url) =>
        Assert.Contains("not allowed here", Policy.Check(url, out _), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://unblocked.example/")]
    [InlineData("https://blocked.example.com/")]
    [InlineData("https://partly.example/")]
    [InlineData("https://example/")]
    [InlineData("http://10.0.0.11/")]
    [InlineData("https://other.example/?blocked.example")]
    [InlineData("https://tld.example/")]
    public void Only_whole_labels_of_a_blocked_host_count(string url) => Assert.Null(Policy.Check(url, out _));

    [Theory]
    [InlineData("https://s.example/abc")]
    [InlineData("https://S.EXAMPLE./abc")]
    [InlineData("http://s.example/abc")]
    [InlineData("http://s.example:8080/")]
    [InlineData("https://s.example:80/")]
    [InlineData("https://plain.example/")]
    [InlineData("http://plain.example/")]
    [InlineData("http://odd.example:9000/")]
    [InlineData("http://[0::1]:5000/")]
    public void The_service_itself_is_refused(string url) =>
        Assert.Equal("A link cannot lead to this service itself.", Policy.Check(url, out _));

    [Theory]
    [InlineData("https://s.example:8443/")]
    [InlineData("https://www.s.example/")]
    [InlineData("https://odd.example/")]
    [InlineData("http://[::1]/")]
    public void Another_port_or_host_is_not_the_service_itself(string url) => Assert.Null(Policy.Check(url, out _));

    [Fact]
    public void The_length_counts_as_it_is_stored_and_not_as_it_was_given()
    {
        var atLimit = "https://example.com/".PadRight(60, 'a');
        Assert.Null(Policy.Check(atLimit, out var href));
        Assert.Equal(60, href.Length);
        Assert.Contains("61", Policy.Check(atLimit + "a", out _), StringComparison.Ordinal);

        // Each of these becomes six characters.
        Assert.Contains("At most 60", Policy.Check("https://example.com/äääääää", out _), StringComparison.Ordinal);
        // Tabs and spaces are not stored.
        Assert.Null(Policy.Check($"  {atLimit}\t\t  ", out _));
    }

    [Fact]
    public void What_is_accepted_is_returned_in_its_serialised_form()
    {
        Assert.Null(Policy.Check(" HTTPS://Bücher.Example/a b ", out var href));
        Assert.Equal("https://xn--bcher-kva.example/a%20b", href);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("ftp://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://exa mple.com/")]
    [InlineData("https://example.com:99999/")]
    public void What_no_link_can_lead_to_is_refused_with_a_sentence_of_its_own(string url)
    {
        Assert.EndsWith(".", Policy.Check(url, out var href), StringComparison.Ordinal);
        Assert.Equal("", href);
    }
}
