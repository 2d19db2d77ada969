using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Cassandra.Protocol;

/// <summary>
/// Reads the notations of section 3 of the protocol specification. Each read is checked against what is left, so that no
/// length in a frame can lead beyond it.
/// </summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body, int start = 0)
{
    private readonly ReadOnlySpan<byte> _body = body;

    /// <summary>Where the next read begins.</summary>
    public int Position { get; private set; } = start;

    public readonly int Left => _body.Length - Position;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
            throw new MalformedFrameException($"a length of {count} at byte {Position} of a body of {_body.Length} bytes");
        var taken = _body.Slice(Position, count);
        Position += count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public ConsistencyLevel Consistency() => (ConsistencyLevel)Short();

    public string String() => Encoding.UTF8.GetString(Take(Short()));

    public byte[] ShortBytes() => Take(Short()).ToArray();

    /// <summary>[bytes]: null where the length is negative.</summary>
    public byte[]? Bytes()
    {
        var length = Int();
        return length < 0 ? null : Take(length).ToArray();
    }

    /// <summary>Skips one [bytes] and says where its content begins and how long it is; -1 for null.</summary>
    public (int Start, int Length) SkipBytes()
    {
        var length = Int();
        if (length < 0) return (Position, -1);
        var start = Position;
        Take(length);
        return (start, length);
    }

    /// <summary>A count of things of which each takes <paramref name="least"/> bytes or more, checked against what is left.</summary>
    public readonly int Count(int count, int least)
    {
        if (count < 0 || (long)count * least > Left)
            throw new MalformedFrameException($"a count of {count} where {Left} bytes are left");
        return count;
    }

    public string[] StringList()
    {
        var texts = new string[Count(Short(), 2)];
        for (var i = 0; i < texts.Length; i++) texts[i] = String();
        return texts;
    }

    public Dictionary<string, string[]> StringMultimap()
    {
        var count = Count(Short(), 4);
        var map = new Dictionary<string, string[]>(count);
        for (var i = 0; i < count; i++) map[String()] = StringList();
        return map;
    }

    public Dictionary<string, byte[]> BytesMap()
    {
        var count = Count(Short(), 6);
        var map = new Dictionary<string, byte[]>(count);
        for (var i = 0; i < count; i++) map[String()] = Bytes() ?? [];
        return map;
    }

    /// <summary>[inet]: an address with its length, then a port.</summary>
    public IPEndPoint Inet()
    {
        var address = Take(Byte());
        if (address.Length is not (4 or 16)) throw new MalformedFrameException($"an address of {address.Length} bytes");
        var port = Int();
        if (port is < 0 or > ushort.MaxValue) throw new MalformedFrameException($"a port of {port}");
        return new IPEndPoint(new IPAddress(address), port);
    }
}
