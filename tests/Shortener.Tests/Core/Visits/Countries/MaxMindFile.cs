using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Shortener.Tests.Core.Visits.Countries;

/// <summary>Writes small files in MaxMind-DB format 2.0, a network at a time.</summary>
internal sealed class MaxMindFile(int recordBits = 24, int ipVersion = 6)
{
    private readonly List<int?[]> _nodes = [new int?[2]];
    private readonly List<byte> _data = [];

    /// <summary>The text that the metadata begins behind.</summary>
    public static byte[] Marker { get; } = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    /// <summary>What the metadata says; to be changed for files that are wrong.</summary>
    public Dictionary<string, int> Metadata { get; } =
        new() { ["binary_format_major_version"] = 2, ["ip_version"] = ipVersion, ["record_size"] = recordBits };

    /// <summary>A text of up to 28 bytes.</summary>
    public static byte[] Text(string text) => [(byte)(0x40 | Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    /// <summary>A map of keys and values that are encoded already.</summary>
    public static byte[] Map(params byte[][] keysAndValues) =>
        [(byte)(0xE0 | (keysAndValues.Length / 2)), .. keysAndValues.SelectMany(part => part)];

    /// <summary>A pointer to one of the first 2,048 bytes of the data.</summary>
    public static byte[] Pointer(int offset) => [(byte)(0x20 | (offset >> 8)), (byte)offset];

    /// <summary>Adds data that no network has, for pointers.</summary>
    /// <returns>Its place in the data section.</returns>
    public int AddData(byte[] value)
    {
        _data.AddRange(value);
        return _data.Count - value.Length;
    }

    /// <summary>Adds a network; an IPv4 network lies below 96 zeros if the file is for IPv6.</summary>
    public MaxMindFile Add(string network, byte[] value)
    {
        var parsed = IPNetwork.Parse(network);
        var bytes = parsed.BaseAddress.GetAddressBytes();
        var length = parsed.PrefixLength;
        if (ipVersion == 6 && bytes.Length == 4) (bytes, length) = ([.. new byte[12], .. bytes], length + 96);
        var node = 0;
        for (var i = 0; i < length - 1; i++)
        {
            ref var child = ref _nodes[node][BitOf(bytes, i)];
            if (child is null)
            {
                child = _nodes.Count;
                _nodes.Add(new int?[2]);
            }

            node = child.Value;
        }

        _nodes[node][BitOf(bytes, length - 1)] = -1 - AddData(value);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        var tree = _nodes.SelectMany(node => NodeOf(ToRecord(node[0]), ToRecord(node[1])));
        var told = new Dictionary<string, int>(Metadata);
        told.TryAdd("node_count", _nodes.Count);
        var metadata = Map([.. told.SelectMany(pair => new[] { Text(pair.Key), Number(pair.Value) })]);
        return [.. tree, .. new byte[16], .. _data, .. Marker, .. metadata];
    }

    private static int BitOf(byte[] bytes, int i) => (bytes[i / 8] >> (7 - (i % 8))) & 1;

    private static byte[] Number(int value)
    {
        var bytes = new byte[5];
        bytes[0] = 0xC4;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    /// <summary>Nothing is the number of nodes; a place in the data is 16 more than that and counts on.</summary>
    private long ToRecord(int? child) => child switch
    {
        null => _nodes.Count,
        < 0 => _nodes.Count + 16 - 1 - child.Value,
        _ => child.Value,
    };

    private byte[] NodeOf(long left, long right) => recordBits switch
    {
        24 => [.. BigEndian(left)[1..], .. BigEndian(right)[1..]],
        28 => [.. BigEndian(left)[1..], (byte)((left >> 24 << 4) | (right >> 24)), .. BigEndian(right)[1..]],
        _ => [.. BigEndian(left), .. BigEndian(right)],
    };

    private static byte[] BigEndian(long value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
