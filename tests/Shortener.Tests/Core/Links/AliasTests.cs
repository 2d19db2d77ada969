using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

public sealed class AliasTests
{
    private static readonly string Longest = new('a', 64);

    public static TheoryData<string, string?> Paths => new()
    {
        { "/abc", "abc" },
        { "/A-z_09", "A-z_09" },
        { "/---", "---" },
        { "/" + Longest, Longest },
        { "", null },
        { "/", null },
        { "/ab", null },
        { "abc", null },
        { "abcd", null },
        { "/" + Longest + "a", null },
        { "//abc", null },
        { "/a/b", null },
        { "/abc/", null },
        { "/abc/def", null },
        { "/ab%63", null },
        { "/ab c", null },
        { "/abc\0", null },
        { "/abc\n", null },
        { "/abc.", null },
        { "/abc+", null },
        { "/abc~", null },
        { "/abcä", null },
        { "/abc１", null },
        { "/аbc", null },
        { "/abc\uD83D", null },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_path_is_an_alias_or_nonsense(string path, string? alias)
    {
        Assert.Equal(alias is not null, Alias.TryParsePath(path, out var parsed));
        Assert.Equal(alias ?? "", parsed.ToString());
    }

    [Fact]
    public void The_characters_of_an_alias_are_exactly_letters_digits_hyphen_and_underscore()
    {
        var allowed = Enumerable.Range(0, 0x10000).Select(unit => (char)unit).Where(c => Alias.IsWellFormed(new string(c, 3)));

        Assert.Equal("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", string.Concat(allowed));
    }

    [Fact]
    public void Reserved_words_are_reserved_in_any_case_and_only_as_a_whole()
    {
        Assert.NotEmpty(ReservedAliases.All);
        Assert.All(ReservedAliases.All, word =>
        {
            Assert.True(ReservedAliases.Contains(word));
            Assert.True(ReservedAliases.Contains(word.ToUpperInvariant()));
            Assert.True(ReservedAliases.Contains($"{char.ToUpperInvariant(word[0])}{word[1..]}"));
            Assert.False(ReservedAliases.Contains(word + "1"));
            Assert.False(ReservedAliases.Contains("x" + word));
        });
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("Health")]
    [InlineData("API")]
    [InlineData("ab")]
    [InlineData("a/b")]
    public void A_custom_alias_that_is_reserved_or_malformed_is_told_so(string alias)
    {
        var errors = new List<FieldError>();
        LinkRules.CheckAlias(alias, errors);
        Assert.Equal("alias", Assert.Single(errors).Field);
    }

    [Fact]
    public void A_custom_alias_of_the_right_form_is_taken()
    {
        var errors = new List<FieldError>();
        LinkRules.CheckAlias("my-link_1", errors);
        Assert.Empty(errors);
    }
}
