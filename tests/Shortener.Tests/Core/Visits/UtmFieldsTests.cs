using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class UtmFieldsTests
{
    [Fact]
    public void Every_field_is_read() => Assert.Equal(
        new UtmFields("news letter", "e-mail", "Große Aktion", "a&b", "c=d"),
        UtmFields.Parse("?a=b&utm_source=news+letter&utm_medium=e-mail&utm_campaign=Gro%C3%9Fe%20Aktion"
            + "&utm_term=a%26b&utm_content=c=d"));

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("utm_source")]
    [InlineData("utm_source=")]
    [InlineData("autm_source=a&utm_sources=b&UTM_SOURCE=c")]
    [InlineData("utm_source=%00%0D%0A%C2%85+")]
    public void What_is_missing_is_empty(string query) => Assert.Equal(new UtmFields("", "", "", "", ""), UtmFields.Parse(query));

    [Theory]
    [InlineData("utm_source=a&utm_source=b", "a")]
    [InlineData("utm_source=&utm_source=b", "b")]
    [InlineData("utm_source=a%00b%7Fc", "abc")]
    [InlineData("utm_source=%zz%", "%zz%")]
    [InlineData("utm_source=%ff", "\uFFFD")]
    [InlineData("utm_source=+a+", "a")]
    public void Values_are_decoded_and_cleaned(string query, string source) =>
        Assert.Equal(source, UtmFields.Parse(query).Source);

    [Fact]
    public void Long_values_are_cut_between_characters()
    {
        Assert.Equal(new string('a', UtmFields.MaxLength), UtmFields.Parse($"utm_term={new string('a', 101)}").Term);
        Assert.Equal(new string('a', 99), UtmFields.Parse($"utm_term={new string('a', 99)}😀").Term);
        Assert.Equal(new string('a', 98) + "😀", UtmFields.Parse($"utm_term={new string('a', 98)}%F0%9F%98%80").Term);
    }
}
