using System.Buffers.Binary;
using System.Numerics;

namespace Shortener.Core.Visits;

/// <summary>CRC-32C (RFC 3720, appendix B.4) of bytes in a row, by the processor's instruction.</summary>
internal static class Crc32C
{
    /// <summary>
    /// The state <paramref name="crc"/> after <paramref name="bytes"/>. The standard's checksum starts from all ones and is
    /// inverted at the end; both are left to the caller.
    /// </summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
