using System.Buffers.Binary;
using Cassandra.Types;

namespace Cassandra;

/// <summary>The bytes of a partition key, whose token says where it lives.</summary>
public class RoutingKey
{
    /// <summary>A key without bytes.</summary>
    public RoutingKey()
    {
    }

    /// <summary>A key of one column: that value's bytes.</summary>
    public RoutingKey(byte[] rawKey) => RawRoutingKey = rawKey;

    /// <summary>The bytes.</summary>
    public byte[] RawRoutingKey { get; set; } = [];

    /// <summary>The key of the columns' values: one as it is, several each with its length before and a zero byte after.</summary>
    internal static RoutingKey? Compose(RoutingKey[] parts) => Compose(parts.Select(part => part.RawRoutingKey).ToList());

    /// <inheritdoc cref="Compose(RoutingKey[])"/>
    internal static RoutingKey? Compose(object[] parts) => Compose(parts.Select(part => CodecByValue.Of(part).Encode(part)).ToList());

    /// <inheritdoc cref="Compose(RoutingKey[])"/>
    internal static RoutingKey? Compose(List<byte[]> parts)
    {
        if (parts.Count == 0) return null;
        if (parts.Count == 1) return new RoutingKey(parts[0]);
        var raw = new byte[parts.Sum(part => part.Length + 3)];
        var at = 0;
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteUInt16BigEndian(raw.AsSpan(at), checked((ushort)part.Length));
            part.CopyTo(raw, at + 2);
            at += part.Length + 3;
        }

        return new RoutingKey(raw);
    }
}
