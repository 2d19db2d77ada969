using System.Buffers.Binary;
using System.Numerics;

namespace Cassandra.Topology;

/// <summary>
/// The token of a partition key by Cassandra's Murmur3Partitioner: the first half of Austin Appleby's MurmurHash3_x64_128 with
/// seed 0, but that the bytes after the last whole block are taken as signed.
/// </summary>
internal static class Murmur3
{
    private const ulong C1 = 0x87c37b91114253d5, C2 = 0x4cf5ad432745937f;
    private const int BlockSize = 16;

    public static long Token(ReadOnlySpan<byte> key)
    {
        // The smallest token stands for "before all keys" and is the empty key's.
        if (key.IsEmpty) return long.MinValue;
        var token = (long)Hash(key);
        return token == long.MinValue ? long.MaxValue : token;
    }

    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        ulong h1 = 0, h2 = 0;
        var rest = key;
        for (; rest.Length >= BlockSize; rest = rest[BlockSize..])
        {
            h1 ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest));
            h1 = (BitOperations.RotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            h2 = (BitOperations.RotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }

        if (rest.Length > 8) h2 ^= MixSecond(SignedTail(rest[8..]));
        if (rest.Length > 0) h1 ^= MixFirst(SignedTail(rest[..Math.Min(8, rest.Length)]));
        h1 ^= (ulong)key.Length;
        h2 ^= (ulong)key.Length;
        h1 += h2;
        h2 += h1;
        return Finish(h1) + Finish(h2);
    }

    private static ulong MixFirst(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong MixSecond(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    private static ulong SignedTail(ReadOnlySpan<byte> bytes)
    {
        ulong k = 0;
        for (var i = 0; i < bytes.Length; i++) k ^= (ulong)(long)(sbyte)bytes[i] << (8 * i);
        return k;
    }

    private static ulong Finish(ulong k)
    {
        k = (k ^ (k >> 33)) * 0xff51afd7ed558ccd;
        k = (k ^ (k >> 33)) * 0xc4ceb9fe1a85ec53;
        return k ^ (k >> 33);
    }
}
