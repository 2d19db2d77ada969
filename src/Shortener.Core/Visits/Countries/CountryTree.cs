using System.Buffers.Binary;
using System.Collections.Frozen;

namespace Shortener.Core.Visits.Countries;

/// <summary>
/// The search tree of a MaxMind-DB file and the countries that its leaves name. All of it is checked once, when it is read, and
/// the data is decoded then; so a look-up allocates nothing and cannot fail. Safe for use by several threads at once.
/// </summary>
internal sealed class CountryTree
{
    private const int Ipv4Bytes = 4;
    private const int Ipv6Bytes = 16;

    private readonly byte[] _file;
    private readonly MaxMindMetadata _metadata;
    private readonly FrozenDictionary<uint, string> _countries;
    private readonly uint _ipv4Root;

    /// <param name="file">The whole file, which nobody changes from now on.</param>
    /// <exception cref="InvalidDataException">What is wrong with it, as the second half of a sentence.</exception>
    public CountryTree(byte[] file)
    {
        _file = file;
        _metadata = MaxMindMetadata.Read(file);
        _countries = ReadCountries();
        if (_metadata.IsIpv6) _ipv4Root = Descend(0, stackalloc byte[Ipv6Bytes - Ipv4Bytes]);
    }

    /// <summary>The country's code, such as <c>SE</c>; empty where the file has none.</summary>
    /// <param name="address">The 4 bytes of an IPv4 address or the 16 of an IPv6 address, IPv4-mapped ones too.</param>
    public string Find(ReadOnlySpan<byte> address)
    {
        if (address.Length == Ipv6Bytes && IsIpv4Mapped(address)) address = address[^Ipv4Bytes..];
        var record = address.Length switch
        {
            Ipv4Bytes => Descend(_ipv4Root, address),
            Ipv6Bytes when _metadata.IsIpv6 => Descend(0, address),
            _ => _metadata.NodeCount,
        };
        return _countries.GetValueOrDefault(record, "");
    }

    /// <summary>::ffff:0:0/96 (RFC 4291, section 2.5.5.2).</summary>
    private static bool IsIpv4Mapped(ReadOnlySpan<byte> address) =>
        address[..10].IndexOfAnyExcept((byte)0) < 0 && address[10] == 0xFF && address[11] == 0xFF;

    /// <summary>From a node down by an address's bits, to a leaf or to where the bits end.</summary>
    private uint Descend(uint node, ReadOnlySpan<byte> bits)
    {
        for (var i = 0; i < bits.Length * 8 && node < _metadata.NodeCount; i++)
        {
            node = RecordOf(node, (bits[i / 8] >> (7 - (i % 8))) & 1);
        }

        return node;
    }

    /// <summary>
    /// One of a node's records: below the number of nodes another node, at it nothing, above it a leaf (file format 2.0, "Node
    /// Layout").
    /// </summary>
    private uint RecordOf(uint node, int side)
    {
        var bytes = _file.AsSpan((int)(node * (long)_metadata.RecordBits / 4), _metadata.RecordBits / 4);
        return _metadata.RecordBits switch
        {
            24 when side == 0 => BinaryPrimitives.ReadUInt32BigEndian(bytes) >> 8,
            24 => BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]) & 0x00FFFFFF,
            // The byte in the middle holds the highest four bits of both.
            28 when side == 0 => ((bytes[3] & 0xF0u) << 20) | (BinaryPrimitives.ReadUInt32BigEndian(bytes) >> 8),
            28 => BinaryPrimitives.ReadUInt32BigEndian(bytes[3..]) & 0x0FFFFFFF,
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[(side * 4)..]),
        };
    }

    /// <summary>Decodes what each record of the tree leads to.</summary>
    private FrozenDictionary<uint, string> ReadCountries()
    {
        var countries = new Dictionary<uint, string>();
        var data = _file.AsSpan(_metadata.DataStart.._metadata.DataEnd);
        var dataStart = _metadata.NodeCount + (uint)(_metadata.DataStart - _metadata.TreeBytes);
        for (var node = 0u; node < _metadata.NodeCount; node++)
        {
            for (var side = 0; side <= 1; side++)
            {
                var record = RecordOf(node, side);
                if (record <= _metadata.NodeCount || countries.ContainsKey(record)) continue;
                if (record < dataStart || record - dataStart >= data.Length)
                {
                    throw new InvalidDataException($"node {node} of its search tree leads outside");
                }

                countries.Add(record, CountryRecord.Read(data, (int)(record - dataStart)));
            }
        }

        if (!countries.Values.Any(country => country.Length > 0)) throw new InvalidDataException("it names no country");
        return countries.ToFrozenDictionary();
    }
}
