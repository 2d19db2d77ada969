namespace Shortener.Core.Visits.Countries;

/// <summary>What the end of a MaxMind-DB file says of its beginning (file format 2.0, "Database Metadata").</summary>
/// <param name="NodeCount">The nodes of the search tree.</param>
/// <param name="RecordBits">The bits of each of a node's two records: 24, 28 or 32.</param>
/// <param name="IsIpv6">Whether the tree is of 128 bits, with IPv4 addresses below 96 zeros, rather than of 32.</param>
/// <param name="DataEnd">The length of the tree and the data, in bytes from the start of the file.</param>
internal readonly record struct MaxMindMetadata(uint NodeCount, int RecordBits, bool IsIpv6, int DataEnd)
{
    private const int MaxBytes = 128 * 1024;

    /// <summary>Sixteen zero bytes lie between the tree and the data.</summary>
    private const int SeparatorBytes = 16;

    private static readonly byte[] Marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    /// <summary>The bytes of the search tree.</summary>
    public int TreeBytes => (int)(NodeCount * (long)RecordBits / 4);

    /// <summary>Where the data section begins.</summary>
    public int DataStart => TreeBytes + SeparatorBytes;

    /// <summary>Reads it, and checks that tree and data fit into the file.</summary>
    /// <exception cref="InvalidDataException">The file is of another format, or cut off.</exception>
    public static MaxMindMetadata Read(ReadOnlySpan<byte> file)
    {
        var tail = file[Math.Max(0, file.Length - MaxBytes)..];
        var marker = tail.LastIndexOf(Marker);
        if (marker < 0) throw new InvalidDataException("it does not end as a MaxMind-DB file does");

        ulong nodes = 0, bits = 0, version = 0, format = 0;
        var reader = new MaxMindReader(tail[(marker + Marker.Length)..], 0);
        for (var keys = reader.ReadMap(); keys > 0; keys--)
        {
            switch (reader.ReadText())
            {
                case "node_count":
                    nodes = reader.ReadNumber();
                    break;
                case "record_size":
                    bits = reader.ReadNumber();
                    break;
                case "ip_version":
                    version = reader.ReadNumber();
                    break;
                case "binary_format_major_version":
                    format = reader.ReadNumber();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (format != 2) throw new InvalidDataException($"it is of version {format} of the format, and only 2 is known");
        if (bits is not (24 or 28 or 32)) throw new InvalidDataException($"its records have {bits} bits");
        if (version is not (4 or 6)) throw new InvalidDataException($"it is for version {version} of IP");
        var dataEnd = file.Length - tail.Length + marker;
        if (nodes == 0 || nodes > (ulong)dataEnd || (nodes * bits / 4) + SeparatorBytes > (ulong)dataEnd)
        {
            throw new InvalidDataException($"it should have {nodes} nodes, and is too short for that");
        }

        return new MaxMindMetadata((uint)nodes, (int)bits, version == 6, dataEnd);
    }
}
