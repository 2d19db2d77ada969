using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

public sealed class Ff1Tests
{
    private const string Key128 = "2B7E151628AED2A6ABF7158809CF4F3C";
    private const string Key192 = Key128 + "EF4359D8D580AA4F";
    private const string Key256 = Key192 + "7F036D6F04FC6A94";
    private const string Tweak10 = "39383736353433323130";
    private const string Tweak36 = "3737373770717273373737";
    private const string Digits36 = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>NIST's FF1 samples 1 to 9: key, radix, tweak, plain text, cipher text.</summary>
    public static TheoryData<string, int, string, string, string> NistSamples => new()
    {
        { Key128, 10, "", "0123456789", "2433477484" },
        { Key128, 10, Tweak10, "0123456789", "6124200773" },
        { Key128, 36, Tweak36, "0123456789abcdefghi", "a9tv40mll9kdu509eum" },
        { Key192, 10, "", "0123456789", "2830668132" },
        { Key192, 10, Tweak10, "0123456789", "2496655549" },
        { Key192, 36, Tweak36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr" },
        { Key256, 10, "", "0123456789", "6657667009" },
        { Key256, 10, Tweak10, "0123456789", "1001623463" },
        { Key256, 36, Tweak36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd" },
    };

    [Theory]
    [MemberData(nameof(NistSamples))]
    public void Encrypts_and_decrypts_the_samples_of_nist(string key, int radix, string tweak, string plain, string cipher)
    {
        using var ff1 = new Ff1(Convert.FromHexString(key), radix, plain.Length, Convert.FromHexString(tweak));
        var digits = plain.Select(c => (byte)Digits36.IndexOf(c, StringComparison.Ordinal)).ToArray();

        ff1.Encrypt(digits);
        Assert.Equal(cipher, Text(digits));

        ff1.Decrypt(digits);
        Assert.Equal(plain, Text(digits));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void Decrypting_undoes_encrypting_for_every_length_of_a_key(int length)
    {
        using var ff1 = new Ff1(Convert.FromHexString(Key256), Base62.Radix, length);
        var strings = Gen.Choose(0, Base62.Radix - 1).ArrayOf(length).ToArbitrary();

        Prop.ForAll(strings, numbers =>
        {
            var plain = numbers.Select(number => (byte)number).ToArray();
            var digits = plain.ToArray();
            ff1.Encrypt(digits);
            var isWithinRadix = digits.All(digit => digit < Base62.Radix);
            ff1.Decrypt(digits);
            return isWithinRadix && digits.AsSpan().SequenceEqual(plain);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }

    [Fact]
    public void A_tweak_longer_than_a_block_selects_another_permutation_in_each_of_its_bytes()
    {
        var tweak = new byte[40];
        var seen = new HashSet<string> { EncryptedUnder(tweak) };
        for (var i = 0; i < tweak.Length; i++)
        {
            var changed = tweak.ToArray();
            changed[i] = 1;
            Assert.True(seen.Add(EncryptedUnder(changed)), $"byte {i} counts for nothing");
        }
    }

    [Theory]
    [InlineData(-62, 4)]
    [InlineData(1, 20)]
    [InlineData(257, 7)]
    [InlineData(10, 5)]
    [InlineData(62, 3)]
    [InlineData(62, 21)]
    [InlineData(256, 17)]
    public void Refuses_a_radix_or_length_outside_its_range(int radix, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ff1(new byte[16], radix, length));

    [Theory]
    [InlineData(2, 128)]
    [InlineData(10, 6)]
    [InlineData(62, 20)]
    [InlineData(256, 16)]
    public void Holds_up_at_the_bounds_of_radix_and_length(int radix, int length)
    {
        using var ff1 = new Ff1(new byte[32], radix, length);
        var plain = Enumerable.Repeat((byte)(radix - 1), length).ToArray();
        var digits = plain.ToArray();

        ff1.Encrypt(digits);
        Assert.NotEqual(plain, digits);
        Assert.All(digits, digit => Assert.True(digit < radix));

        ff1.Decrypt(digits);
        Assert.Equal(plain, digits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(33)]
    public void Refuses_a_key_that_is_none_of_aes(int bytes) =>
        Assert.ThrowsAny<CryptographicException>(() => new Ff1(new byte[bytes], 62, 7));

    [Fact]
    public void Refuses_digits_that_are_too_many_too_few_or_too_large()
    {
        using var ff1 = new Ff1(new byte[16], 62, 7);

        foreach (var wrong in new[] { new byte[6], new byte[8], [0, 0, 0, 62, 0, 0, 0], [62, 0, 0, 0, 0, 0, 0] })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ff1.Encrypt(wrong));
            Assert.Throws<ArgumentOutOfRangeException>(() => ff1.Decrypt(wrong));
        }
    }

    private static string EncryptedUnder(byte[] tweak)
    {
        using var ff1 = new Ff1(new byte[16], 62, 11, tweak);
        var digits = new byte[11];
        ff1.Encrypt(digits);
        return Convert.ToHexString(digits);
    }

    private static string Text(byte[] digits) =>
        new StringBuilder().AppendJoin("", digits.Select(digit => Digits36[digit])).ToString();
}
