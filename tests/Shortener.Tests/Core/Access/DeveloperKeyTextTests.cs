using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Access;

namespace Shortener.Tests.Core.Access;

public sealed class DeveloperKeyTextTests
{
    [Fact]
    public void A_key_is_its_prefix_its_id_its_secret_and_a_checksum()
    {
        var (id, text) = DeveloperKeyText.Generate();

        Assert.Matches("^shrt_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$", text);
        Assert.Equal(id, text[5..17]);
        Assert.True(DeveloperKeyText.TryParseId(text, out var parsed));
        Assert.Equal(id, parsed);
    }

    [Fact]
    public void No_two_keys_have_an_id_or_a_secret_in_common()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => DeveloperKeyText.Generate()).ToList();

        Assert.Equal(keys.Count, keys.DistinctBy(key => key.Id).Count());
        Assert.Equal(keys.Count, keys.DistinctBy(key => key.Text[18..61]).Count());
    }

    [Fact]
    public void The_checksum_finds_every_change_of_one_character() =>
        Prop.ForAll(
            Gen.Fresh(() => DeveloperKeyText.Generate().Text).ToArbitrary(),
            Gen.Choose(0, 66).ToArbitrary(),
            Gen.Frequency((9, Gen.Choose('0', 'z')), (1, Gen.Choose(0, 0xFFFF))).ToArbitrary(),
            (text, at, unit) => text[at] == unit
                || !DeveloperKeyText.TryParseId($"{text[..at]}{(char)unit}{text[(at + 1)..]}", out _))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));

    [Fact]
    public void The_checksum_finds_neighbours_that_changed_places()
    {
        var text = DeveloperKeyText.Generate().Text;
        for (var at = 0; at < text.Length - 1; at++)
        {
            var changed = $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}";
            Assert.Equal(changed == text, DeveloperKeyText.TryParseId(changed, out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("shrt_")]
    [InlineData("Bearer")]
    public void Refuses_what_is_no_key(string text) => Assert.False(DeveloperKeyText.TryParseId(text, out _));

    [Theory]
    [InlineData("shrt_0123456789AB_", 43, true)]
    [InlineData("shrt_0123456789AB_", 42, false)]
    [InlineData("shrt_0123456789AB_", 44, false)]
    [InlineData("shrt_0123456789AB0", 43, false)]
    [InlineData("SHRT_0123456789AB_", 43, false)]
    [InlineData("other0123456789AB_", 43, false)]
    public void Refuses_another_shape_also_with_a_right_checksum(string start, int secretLength, bool isKey) =>
        Assert.Equal(isKey, DeveloperKeyText.TryParseId(ForgedKeyText.WithChecksum(start + new string('0', secretLength)), out _));

    [Fact]
    public void Refuses_a_key_with_something_more_or_less()
    {
        var text = DeveloperKeyText.Generate().Text;

        foreach (var wrong in new[] { text[1..], text[..^1], text + "0", " " + text, text + "\n", text.ToUpperInvariant() })
            Assert.False(DeveloperKeyText.TryParseId(wrong, out _), wrong);
    }
}
