using Shortener.Core.Visits.Countries;

namespace Shortener.Tests.Core.Visits.Countries;

/// <summary>The file that <c>eng/geo</c> brings, opened once.</summary>
public class PublicCountryFileTests
{
    private static readonly Lazy<CountryFile> Countries = new(() => CountryFile.Load(VisitData.File("geo/country.mmdb")));

    /// <summary>Of public resolvers, registries and universities, which stay where they are.</summary>
    [Theory]
    [InlineData("8.8.8.8", "US")]
    [InlineData("2001:4860:4860::8888", "US")]
    [InlineData("193.0.6.139", "NL")]
    [InlineData("2001:67c:2e8::1", "NL")]
    [InlineData("202.12.27.33", "JP")]
    [InlineData("129.132.1.1", "CH")]
    [InlineData("141.76.2.4", "DE")]
    [InlineData("196.216.2.1", "ZA")]
    [InlineData("200.160.2.3", "BR")]
    [InlineData("194.71.0.1", "SE")]
    [InlineData("::ffff:194.71.0.1", "SE")]
    [InlineData("127.0.0.1", "")]
    [InlineData("::1", "")]
    public void Well_known_addresses_are_where_they_are(string address, string country) =>
        Assert.Equal(country, CountryFileTests.Find(Countries.Value, address));
}
