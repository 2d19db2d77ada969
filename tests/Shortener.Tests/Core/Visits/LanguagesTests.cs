using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class LanguagesTests
{
    [Theory]
    [InlineData("de-CH, fr;q=0.8", "de")]
    [InlineData("fr;q=0.5,DE;q=0.9 , en;q=0.9", "de")]
    [InlineData("*, sv;q=0.1", "sv")]
    [InlineData("en;q=0, sv ; q=0.001", "sv")]
    [InlineData("en;Q=0.3\t,\tpt-BR;q=0.7", "pt")]
    [InlineData("abcdefgh-X", "abcdefgh")]
    [InlineData("abcdefghi, e, 12, en_US, ä, gsw", "gsw")]
    [InlineData("en;q=2, fr;q=-1, de;q=1e0, it;q=, sv;q=0.4", "sv")]
    [InlineData("en;level=1, sv;q=0.4", "sv")]
    [InlineData("", "")]
    [InlineData(",;,=", "")]
    [InlineData("*", "")]
    public void The_language_of_the_greatest_weight_is_taken(string acceptLanguage, string language) =>
        Assert.Equal(language, Languages.PrimaryOf(acceptLanguage));
}
