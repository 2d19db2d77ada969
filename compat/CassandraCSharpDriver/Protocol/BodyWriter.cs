using System.Buffers.Binary;
using System.Text;

namespace Cassandra.Protocol;

/// <summary>Writes the notations of section 3 of the protocol specification, numbers with the high byte first.</summary>
internal sealed class BodyWriter
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>Room for <paramref name="count"/> bytes, counted as written.</summary>
    public Span<byte> Take(int count)
    {
        var needed = checked(_length + count);
        if (needed > _buffer.Length) Array.Resize(ref _buffer, Math.Max(needed, Math.Min(2 * _buffer.Length, Array.MaxLength)));
        var taken = _buffer.AsSpan(_length, count);
        _length = needed;
        return taken;
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Short(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), checked((ushort)value));

    public void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    public void Long(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    public void Consistency(ConsistencyLevel level) => Short((int)level);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>A [string]: a length of two bytes and UTF-8.</summary>
    public void String(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        if (count > ushort.MaxValue) throw new RequestInvalidException($"A name of {count} bytes; at most {ushort.MaxValue} can be sent");
        Short(count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    /// <summary>A [long string]: a length of four bytes and UTF-8.</summary>
    public void LongString(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Int(count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    /// <summary>[short bytes]: a length of two bytes and as many bytes.</summary>
    public void ShortBytes(ReadOnlySpan<byte> bytes)
    {
        Short(bytes.Length);
        Raw(bytes);
    }

    /// <summary>[bytes]: a length of four bytes and as many bytes; -1 for null.</summary>
    public void Bytes(byte[]? bytes)
    {
        Int(bytes?.Length ?? -1);
        Raw(bytes);
    }

    public void StringList(IReadOnlyCollection<string> texts)
    {
        Short(texts.Count);
        foreach (var text in texts) String(text);
    }

    public void StringMap(IReadOnlyDictionary<string, string> map)
    {
        Short(map.Count);
        foreach (var (name, value) in map)
        {
            String(name);
            String(value);
        }
    }

    /// <summary>Four bytes for a length or count that is known later; says where they are.</summary>
    public int Reserve()
    {
        Int(0);
        return _length - 4;
    }

    public void Fill(int reserved, int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(reserved), value);

    /// <summary>Fills what was reserved with how many bytes came after it.</summary>
    public void FillLength(int reserved) => Fill(reserved, _length - reserved - 4);
}
