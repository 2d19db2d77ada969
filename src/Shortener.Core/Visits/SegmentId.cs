using System.Buffers.Binary;
using System.Globalization;

namespace Shortener.Core.Visits;

/// <summary>Which segment of which spool; in its file's name, and in its first 64 bytes, so that it can be trusted.</summary>
/// <param name="Spool">One for each start of a process.</param>
/// <param name="Number">1, 2, 3 ... within the spool, in the order in which they are handed over. Some may be missing.</param>
internal readonly record struct SegmentId(Guid Spool, long Number)
{
    /// <summary>
    /// Bytes before the first record: magic (8), version (4), checksum of what follows (4), spool (16), number (8), zeros.
    /// </summary>
    public const int HeaderBytes = 64;

    private const int SpoolDigits = 32, NumberDigits = 12;
    private const int Version = 1;
    private const int VersionAt = 8, ChecksumAt = 12, SpoolAt = 16, NumberAt = 32, End = 40;

    /// <summary>The file's name, which sorts as numbers do.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Spool:N}-{Number:D12}{SpoolSettings.SegmentExtension}");

    /// <summary>
    /// Where checksums of the spool's records begin. A visitor who writes a forged record into a header would have to guess it.
    /// </summary>
    public uint Seed => SeedOf(Spool);

    private static ReadOnlySpan<byte> Magic => "SHRTVIS\n"u8;

    /// <summary>See <see cref="Seed"/>.</summary>
    public static uint SeedOf(Guid spool) => Crc32C.Append(uint.MaxValue, spool.ToByteArray());

    /// <summary>The segment that a file of this name holds; null: none.</summary>
    public static SegmentId? OfFile(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.Length == SpoolDigits + 1 + NumberDigits + SpoolSettings.SegmentExtension.Length
            && Guid.TryParseExact(name[..SpoolDigits], "N", out var spool)
            && long.TryParse(
                name.Slice(SpoolDigits + 1, NumberDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && new SegmentId(spool, number) is var id && name.SequenceEqual(id.FileName) ? id : null;
    }

    /// <summary>Writes the first <see cref="HeaderBytes"/> bytes of the file, which are zeros.</summary>
    public void WriteHeader(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[VersionAt..], Version);
        Spool.TryWriteBytes(bytes[SpoolAt..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[NumberAt..], Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Crc32C.Append(uint.MaxValue, bytes[SpoolAt..End]));
    }

    /// <summary>
    /// Why a file that begins with <paramref name="bytes"/> is not this segment, in a word for its name; null: it is.
    /// </summary>
    public string? ProblemOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic)) return "damaged-header";
        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]);
        if (version != Version) return string.Create(CultureInfo.InvariantCulture, $"version-{version}");
        Span<byte> expected = stackalloc byte[HeaderBytes];
        expected.Clear();
        WriteHeader(expected);
        return bytes[..HeaderBytes].SequenceEqual(expected) ? null : "damaged-header";
    }
}
