namespace Shortener.Core.Keys;

/// <summary>
/// Turns key numbers into aliases: FF1 over Base62 under the active space's secret, a bijection, so that numbers never
/// collide and, without the secret, nothing about the next alias follows from those seen.
/// </summary>
/// <remarks>
/// Two secrets give two permutations of the same aliases, so after a change of secret a number may stand for an alias that
/// the earlier secret has already produced. The closed spaces tell which ones those are: an alias that decrypts, under
/// a closed space's secret, to a number below that space's <see cref="KeySpace.Next"/> is passed over. Spaces of other
/// lengths have no alias in common. Not safe for use by several threads at once.
/// </remarks>
public sealed class KeyPermutation : IDisposable
{
    private readonly Ff1 _active;
    private readonly (Ff1 Cipher, long Next)[] _closed;
    private readonly int _length;

    /// <param name="active">The space whose numbers become aliases.</param>
    /// <param name="closed">The other spaces of the same length.</param>
    public KeyPermutation(KeySpace active, IEnumerable<KeySpace> closed)
    {
        _length = active.Length;
        _active = CipherOf(active);
        _closed = [.. closed.Where(space => space.Next > 0).Select(space => (CipherOf(space), space.Next))];
    }

    /// <summary>The alias of <paramref name="number"/>; null where an earlier secret may have produced it already.</summary>
    public string? ToAlias(long number)
    {
        Span<byte> digits = stackalloc byte[_length];
        Base62.WriteDigits((UInt128)number, digits);
        _active.Encrypt(digits);
        Span<byte> decrypted = stackalloc byte[_length];
        foreach (var (cipher, next) in _closed)
        {
            digits.CopyTo(decrypted);
            cipher.Decrypt(decrypted);
            if (Base62.ReadDigits(decrypted) < (UInt128)next) return null;
        }

        return Base62.ToText(digits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _active.Dispose();
        foreach (var (cipher, _) in _closed) cipher.Dispose();
    }

    private static Ff1 CipherOf(KeySpace space) => new(space.Secret, Base62.Radix, space.Length);
}
