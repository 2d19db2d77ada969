using System.Buffers.Binary;
using System.Text;

namespace Shortener.Core.Visits.Countries;

/// <summary>
/// Reads values of a MaxMind-DB file one behind the other (MaxMind DB file format, version 2.0, "Output Data Section"). Whatever
/// is not as the format says throws <see cref="InvalidDataException"/>; nothing outside the section is read.
/// </summary>
/// <param name="section">The data section, or the metadata: what pointers count from.</param>
/// <param name="offset">Where to begin.</param>
internal ref struct MaxMindReader(ReadOnlySpan<byte> section, int offset)
{
    /// <summary>Maps and lists within each other; real files have four.</summary>
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _section = section;
    private int _offset = offset;

    /// <summary>Reads the head of a map and leaves the reader at its first key.</summary>
    /// <returns>The number of keys; -1 where there is another value, which is then passed over.</returns>
    public int ReadMap()
    {
        FollowPointer();
        var start = _offset;
        var (type, size) = ReadHead();
        if (type == MaxMindType.Map) return size;
        _offset = start;
        Skip();
        return -1;
    }

    /// <summary>Reads a text in UTF-8.</summary>
    /// <returns>The text; null where there is another value, which is then passed over.</returns>
    public string? ReadText()
    {
        var after = this;
        after.Skip();
        FollowPointer();
        var (type, size) = ReadHead();
        var text = type == MaxMindType.Text ? Encoding.UTF8.GetString(Take(size)) : null;
        _offset = after._offset;
        return text;
    }

    /// <summary>Reads an unsigned number of 16, 32 or 64 bits; leading zero bytes may be missing.</summary>
    public ulong ReadNumber()
    {
        var (type, size) = ReadHead();
        if (type is not (MaxMindType.UInt16 or MaxMindType.UInt32 or MaxMindType.UInt64) || size > sizeof(ulong))
        {
            throw new InvalidDataException($"there is a {type} of {size} bytes where a number belongs");
        }

        return BigEndian(Take(size));
    }

    /// <summary>Passes over one value, with all that is in it.</summary>
    public void Skip() => Skip(MaxDepth);

    private void Skip(int depth)
    {
        if (depth == 0) throw new InvalidDataException($"values lie deeper than {MaxDepth} within each other");
        var (type, size) = ReadHead();
        switch (type)
        {
            case MaxMindType.Map or MaxMindType.Array:
                for (var i = 0L; i < (type == MaxMindType.Map ? 2L * size : size); i++) Skip(depth - 1);
                break;
            // The size of these is their value.
            case MaxMindType.Pointer or MaxMindType.Boolean or MaxMindType.EndMarker:
                break;
            default:
                Take(size);
                break;
        }
    }

    /// <summary>A pointer leads to a value that is no pointer.</summary>
    private void FollowPointer()
    {
        var start = _offset;
        var (type, target) = ReadHead();
        _offset = type == MaxMindType.Pointer ? target : start;
    }

    /// <summary>The type and size of a value, or where a pointer leads.</summary>
    private (MaxMindType Type, int Size) ReadHead()
    {
        var control = Take(1)[0];
        var type = (MaxMindType)(control >> 5);
        var size = control & 0x1F;
        if (type == MaxMindType.Pointer) return (type, ReadPointer(size));
        if (type == MaxMindType.Extended)
        {
            type = (MaxMindType)(Take(1)[0] + 7);
            if (type is <= MaxMindType.Map or > MaxMindType.Float) throw new InvalidDataException($"there is no type {type:D}");
        }

        return (type, size switch
        {
            29 => 29 + (int)BigEndian(Take(1)),
            30 => 285 + (int)BigEndian(Take(2)),
            31 => 65_821 + (int)BigEndian(Take(3)),
            _ => size,
        });
    }

    /// <summary>Two bits say how many bytes follow; three are the highest of the address, but for the longest pointers.</summary>
    private int ReadPointer(int bits)
    {
        var high = (ulong)(bits & 7);
        var target = (bits >> 3) switch
        {
            0 => (high << 8) | BigEndian(Take(1)),
            1 => ((high << 16) | BigEndian(Take(2))) + 2_048,
            2 => ((high << 24) | BigEndian(Take(3))) + 526_336,
            _ => BigEndian(Take(4)),
        };
        if (target >= (ulong)_section.Length) throw new InvalidDataException($"a pointer leads outside, to {target}");
        return (int)target;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _section.Length - _offset) throw new InvalidDataException($"a value at {_offset} ends outside");
        _offset += count;
        return _section.Slice(_offset - count, count);
    }

    private static ulong BigEndian(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        bytes.CopyTo(padded[^bytes.Length..]);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
