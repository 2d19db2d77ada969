using System.Buffers.Binary;
using System.Text.Unicode;

namespace Shortener.Core.Visits;

/// <summary>
/// A visit as a segment holds it, valid until its reader moves on. Little-endian: length of the record (4 bytes), checksum of the
/// length and all that follows the checksum (4), time in Unix milliseconds (8), visitor (8), address (16), generation (4), six
/// lengths of texts (2 each), kind (1), the texts in UTF-8.
/// </summary>
public readonly ref struct VisitRecord
{
    /// <summary>The most bytes of one text.</summary>
    public const int MaxTextBytes = 512;

    /// <summary>The most bytes of a record.</summary>
    internal const int MaxBytes = FixedBytes + Texts * MaxTextBytes;

    /// <summary>
    /// Bytes of the first word, length and checksum, which is written last and in one piece: until then it is zero.
    /// </summary>
    internal const int WordBytes = 8;

    /// <summary>Records begin at multiples of this, so that a reader finds the one after a damaged one.</summary>
    internal const int Alignment = WordBytes;

    private const int FixedBytes = 57;
    private const int Texts = 6;
    private const int TimeAt = 8, VisitorAt = 16, AddressAt = 24, GenerationAt = 40, LengthsAt = 44, KindAt = 56;

    private readonly ReadOnlySpan<byte> _bytes;

    private VisitRecord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary><see cref="Visit.Time"/>.</summary>
    public DateTimeOffset Time =>
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(_bytes[TimeAt..]));

    /// <summary><see cref="Visit.Kind"/>.</summary>
    public VisitKind Kind => (VisitKind)_bytes[KindAt];

    /// <summary><see cref="Visit.Generation"/>.</summary>
    public int Generation => BinaryPrimitives.ReadInt32LittleEndian(_bytes[GenerationAt..]);

    /// <summary><see cref="Visit.Address"/>.</summary>
    public UInt128 Address => BinaryPrimitives.ReadUInt128BigEndian(_bytes[AddressAt..]);

    /// <summary><see cref="Visit.Visitor"/>.</summary>
    public ulong Visitor => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[VisitorAt..]);

    /// <summary><see cref="Visit.Alias"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> Alias => Text(0);

    /// <summary><see cref="Visit.Owner"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> Owner => Text(1);

    /// <summary><see cref="Visit.UserAgent"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> UserAgent => Text(2);

    /// <summary><see cref="Visit.Referrer"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> Referrer => Text(3);

    /// <summary><see cref="Visit.AcceptLanguage"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> AcceptLanguage => Text(4);

    /// <summary><see cref="Visit.Query"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> Query => Text(5);

    /// <summary>All but time and visitor: what many visits have in common.</summary>
    internal ReadOnlySpan<byte> Fields => _bytes[AddressAt..];

    /// <summary>Bytes of the record.</summary>
    internal int Length => _bytes.Length;

    /// <summary>How many bytes a record of so many takes in a segment.</summary>
    internal static int PlaceOf(int length) => (length + Alignment - 1) & -Alignment;

    /// <summary>
    /// Writes <paramref name="visit"/> into <paramref name="bytes"/>, <see cref="MaxBytes"/> long; returns the record's length.
    /// </summary>
    internal static int Write(in Visit visit, uint seed, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes[TimeAt..], visit.Time.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[VisitorAt..], visit.Visitor);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[AddressAt..], visit.Address);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[GenerationAt..], visit.Generation);
        bytes[KindAt] = (byte)visit.Kind;

        var length = FixedBytes;
        length += WriteText(visit.Alias, 0, length, bytes);
        length += WriteText(visit.Owner, 1, length, bytes);
        length += WriteText(visit.UserAgent, 2, length, bytes);
        length += WriteText(visit.Referrer, 3, length, bytes);
        length += WriteText(visit.AcceptLanguage, 4, length, bytes);
        length += WriteText(visit.Query, 5, length, bytes);

        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Checksum(bytes[..length], seed));
        return length;
    }

    /// <summary>Whether <paramref name="bytes"/> begin with a whole record that was written with the same seed.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, uint seed, out VisitRecord record)
    {
        record = default;
        if (bytes.Length < FixedBytes) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is < FixedBytes or > MaxBytes || length > bytes.Length) return false;
        bytes = bytes[..length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Checksum(bytes, seed)) return false;

        // One damaged record in four billion has the right checksum.
        var sum = FixedBytes;
        for (var text = 0; text < Texts; text++) sum += TextLength(bytes, text);
        if (sum != length) return false;
        record = new VisitRecord(bytes);
        return true;
    }

    private static int WriteText(ReadOnlySpan<char> text, int index, int at, Span<byte> bytes)
    {
        Utf8.FromUtf16(text, bytes.Slice(at, MaxTextBytes), out _, out var written);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[(LengthsAt + 2 * index)..], (ushort)written);
        return written;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes, uint seed) =>
        Crc32C.Append(Crc32C.Append(seed, bytes[..4]), bytes[WordBytes..]);

    private static int TextLength(ReadOnlySpan<byte> bytes, int index) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[(LengthsAt + 2 * index)..]);

    private ReadOnlySpan<byte> Text(int index)
    {
        var at = FixedBytes;
        for (var before = 0; before < index; before++) at += TextLength(_bytes, before);
        return _bytes.Slice(at, TextLength(_bytes, index));
    }
}
