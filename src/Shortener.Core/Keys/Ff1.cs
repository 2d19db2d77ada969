using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shortener.Core.Keys;

/// <summary>
/// FF1 format-preserving encryption with AES, as in NIST SP 800-38G (March 2016), section 6.2: a bijection on strings of n
/// digits of one radix, keyed. Checked in the tests against NIST's nine sample vectors.
/// </summary>
/// <remarks>
/// Narrowed to halves whose values fit 64 bits and whose round function needs one AES block (d at most 16), which holds up
/// to 20 Base62 digits. Not safe for use by several threads at once: the cipher's buffers are reused.
/// </remarks>
public sealed class Ff1 : IDisposable
{
    private const int Rounds = 10;
    private const int BlockSize = 16;

    /// <summary>SP 800-38G revision 1 asks for a domain of at least a million.</summary>
    private const double MinDomain = 1_000_000;

    private readonly Aes _aes;
    private readonly ICryptoTransform _cipher;
    private readonly int _radix;
    private readonly int _length;
    private readonly int _leftLength;
    private readonly UInt128 _leftModulus;
    private readonly UInt128 _rightModulus;
    private readonly int _bytesOfHalf;
    private readonly int _bytesOfSum;

    /// <summary>CBC-MAC state after the fixed block P and the tweak's whole blocks, the same for every input.</summary>
    private readonly byte[] _prefixMac;

    private readonly byte[] _lastBlock = new byte[BlockSize];
    private readonly byte[] _blocks;
    private readonly byte[] _mac = new byte[BlockSize];

    /// <summary>A permutation of the strings of <paramref name="length"/> digits.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="radix">2 to 256.</param>
    /// <param name="length">Digits in a string; radix^length at least a million, halves below 2^64.</param>
    /// <param name="tweak">Public input that selects another permutation; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Ff1(ReadOnlySpan<byte> key, int radix, int length, ReadOnlySpan<byte> tweak = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radix, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radix, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Pow(radix, length), MinDomain, nameof(length));
        _radix = radix;
        _length = length;
        _leftLength = length / 2;
        var rightLength = length - _leftLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rightLength * Math.Log2(radix), 64, nameof(length));
        _leftModulus = Power(radix, _leftLength);
        _rightModulus = Power(radix, rightLength);
        _bytesOfHalf = ((int)UInt128.Log2(_rightModulus - 1) + 8) / 8;
        _bytesOfSum = 4 * ((_bytesOfHalf + 3) / 4) + 4;

        _aes = Aes.Create();
        _aes.Key = key.ToArray();
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _cipher = _aes.CreateEncryptor();

        // Q = tweak, zeros, round number, half: only its last block differs between inputs, so the rest is done once.
        var padding = (BlockSize - (tweak.Length + 1 + _bytesOfHalf) % BlockSize) % BlockSize;
        var q = new byte[tweak.Length + padding + 1 + _bytesOfHalf];
        tweak.CopyTo(q);
        _blocks = q[^BlockSize..];
        _prefixMac = new byte[BlockSize];
        Absorb(_prefixMac, HeaderBlock(tweak.Length));
        for (var at = 0; at < q.Length - BlockSize; at += BlockSize) Absorb(_prefixMac, q.AsSpan(at, BlockSize));
    }

    /// <summary>Encrypts digits (each below the radix, most significant first) in place.</summary>
    public void Encrypt(Span<byte> digits)
    {
        var (a, b) = Split(digits);
        for (var round = 0; round < Rounds; round++)
        {
            var modulus = round % 2 == 0 ? _leftModulus : _rightModulus;
            (a, b) = (b, (a + RoundValue(round, b)) % modulus);
        }

        Join(a, b, digits);
    }

    /// <summary>Undoes <see cref="Encrypt"/> in place.</summary>
    public void Decrypt(Span<byte> digits)
    {
        var (a, b) = Split(digits);
        for (var round = Rounds - 1; round >= 0; round--)
        {
            var modulus = round % 2 == 0 ? _leftModulus : _rightModulus;
            (a, b) = ((b + modulus - RoundValue(round, a) % modulus) % modulus, a);
        }

        Join(a, b, digits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        _aes.Dispose();
    }

    /// <summary>Step 5: the fixed block P, which binds the permutation to its parameters.</summary>
    private byte[] HeaderBlock(int tweakLength)
    {
        var block = new byte[BlockSize];
        (block[0], block[1], block[2]) = (1, 2, 1);
        block[3] = (byte)(_radix >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(4), (ushort)_radix);
        block[6] = Rounds;
        block[7] = (byte)_leftLength;
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(8), _length);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(12), tweakLength);
        return block;
    }

    /// <summary>Steps 6i to 6v: the number y that round <paramref name="round"/> adds.</summary>
    private UInt128 RoundValue(int round, UInt128 half)
    {
        _blocks.CopyTo(_lastBlock, 0);
        for (var i = 1; i <= _bytesOfHalf; i++, half >>= 8) _lastBlock[BlockSize - i] = (byte)half;
        _lastBlock[BlockSize - 1 - _bytesOfHalf] = (byte)round;
        _prefixMac.CopyTo(_mac, 0);
        Absorb(_mac, _lastBlock);
        return BinaryPrimitives.ReadUInt128BigEndian(_mac) >> (8 * (BlockSize - _bytesOfSum));
    }

    private void Absorb(byte[] mac, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < BlockSize; i++) mac[i] ^= block[i];
        _cipher.TransformBlock(mac, 0, BlockSize, mac, 0);
    }

    private (UInt128 Left, UInt128 Right) Split(ReadOnlySpan<byte> digits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digits.Length, _length);
        return (Number(digits[.._leftLength]), Number(digits[_leftLength..]));
    }

    private void Join(UInt128 left, UInt128 right, Span<byte> digits)
    {
        for (var i = _length - 1; i >= _leftLength; i--, right /= (uint)_radix) digits[i] = (byte)(right % (uint)_radix);
        for (var i = _leftLength - 1; i >= 0; i--, left /= (uint)_radix) digits[i] = (byte)(left % (uint)_radix);
    }

    private UInt128 Number(ReadOnlySpan<byte> digits)
    {
        UInt128 value = 0;
        foreach (var digit in digits)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(digit, _radix);
            value = value * (uint)_radix + digit;
        }

        return value;
    }

    private static UInt128 Power(int radix, int exponent)
    {
        UInt128 power = 1;
        for (var i = 0; i < exponent; i++) power *= (uint)radix;
        return power;
    }
}
