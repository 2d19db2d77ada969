using System.Text;
using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

/// <summary>Key spaces by a short secret, and their arithmetic done without the product's permutation.</summary>
internal static class KeySpaces
{
    public static KeySpace Of(string secret, int length = 6, long next = 0) =>
        KeySpace.Create(length, Encoding.ASCII.GetBytes(secret)) with { Next = next };

    /// <summary>The number that stands for <paramref name="alias"/> in a space.</summary>
    public static long NumberOf(this KeySpace space, string alias)
    {
        var digits = new byte[space.Length];
        Assert.True(Base62.TryParse(alias, digits));
        using var cipher = new Ff1(space.Secret, Base62.Radix, space.Length);
        cipher.Decrypt(digits);
        return (long)Base62.ReadDigits(digits);
    }
}
