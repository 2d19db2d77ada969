using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

public sealed class Base62Tests
{
    [Theory]
    [InlineData("0000000", 0)]
    [InlineData("000000z", 61)]
    [InlineData("0000010", 62)]
    [InlineData("zzzzzzz", 3_521_614_606_207)]
    public void Writes_numbers_with_leading_zeros_and_reads_them_again(string text, long number)
    {
        var digits = new byte[7];
        Base62.WriteDigits((UInt128)number, digits);
        Assert.Equal(text, Base62.ToText(digits));

        Assert.True(Base62.TryParse(text, digits));
        Assert.Equal((UInt128)number, Base62.ReadDigits(digits));
    }

    [Fact]
    public void Refuses_a_number_that_has_more_digits() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Base62.WriteDigits(Base62.Count(7), new byte[7]));

    [Theory]
    [InlineData("000-000")]
    [InlineData("000_000")]
    [InlineData("000/000")]
    [InlineData("000:000")]
    [InlineData("000@000")]
    [InlineData("000[000")]
    [InlineData("000`000")]
    [InlineData("000{000")]
    [InlineData("000ä000")]
    [InlineData("000１000")]
    public void Refuses_text_with_another_character(string text) => Assert.False(Base62.TryParse(text, new byte[7]));

    [Fact]
    public void A_space_has_as_many_numbers_as_there_are_strings_unless_a_long_cannot_count_them()
    {
        Assert.Equal(56_800_235_584, KeySpace.CapacityOf(6));
        Assert.Equal(839_299_365_868_340_224, KeySpace.CapacityOf(10));
        Assert.Equal(long.MaxValue, KeySpace.CapacityOf(11));
    }
}
