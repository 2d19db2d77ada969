using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cassandra;

/// <summary>
/// A UUID of version 1 (RFC 9562, section 5.1): 100-nanosecond steps since 1582-10-15, a clock sequence and a node, here both
/// random. Ordered by time, then by the other bytes as Cassandra compares them.
/// </summary>
public readonly struct TimeUuid : IEquatable<TimeUuid>, IComparable<TimeUuid>
{
    private static readonly DateTimeOffset Epoch = new(1582, 10, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly Guid _value;

    private TimeUuid(Guid value) => _value = value;

    private TimeUuid(ReadOnlySpan<byte> node, ReadOnlySpan<byte> clock, DateTimeOffset date, byte variant)
    {
        var ticks = (date - Epoch).Ticks;
        if (ticks is < 0 or >= 1L << 60) throw new ArgumentOutOfRangeException(nameof(date), date, "Beyond what a time UUID can hold");
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)ticks);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(ticks >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(((ticks >> 48) & 0x0FFF) | 0x1000));
        clock.CopyTo(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | variant);
        node.CopyTo(bytes[10..]);
        _value = new Guid(bytes, bigEndian: true);
    }

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(TimeUuid left, TimeUuid right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(TimeUuid left, TimeUuid right) => !left.Equals(right);

    /// <summary>Whether the left one is earlier.</summary>
    public static bool operator <(TimeUuid left, TimeUuid right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is earlier or the same.</summary>
    public static bool operator <=(TimeUuid left, TimeUuid right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is later.</summary>
    public static bool operator >(TimeUuid left, TimeUuid right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is later or the same.</summary>
    public static bool operator >=(TimeUuid left, TimeUuid right) => left.CompareTo(right) >= 0;

    /// <summary>The UUID as it is; any version, as Cassandra may hand out.</summary>
    public static implicit operator TimeUuid(Guid value) => new(value);

    /// <summary>The same UUID.</summary>
    public static implicit operator Guid(TimeUuid value) => value._value;

    /// <summary>A new one of this moment.</summary>
    public static TimeUuid NewId() => NewId(DateTimeOffset.UtcNow);

    /// <summary>A new one of that moment, with a random clock sequence and node.</summary>
    public static TimeUuid NewId(DateTimeOffset date)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        random[2] |= 0x01; // A random node has the multicast bit set (RFC 9562, section 6.10).
        return new TimeUuid(random[2..], random[..2], date, 0x80);
    }

    /// <summary>One of that moment, of a node (6 bytes) and a clock sequence (2 bytes).</summary>
    public static TimeUuid NewId(byte[] nodeId, byte[] clockId, DateTimeOffset date)
    {
        if (nodeId.Length != 6) throw new ArgumentException("A node has 6 bytes", nameof(nodeId));
        if (clockId.Length != 2) throw new ArgumentException("A clock sequence has 2 bytes", nameof(clockId));
        return new TimeUuid(nodeId, clockId, date, 0x80);
    }

    /// <summary>Before every time UUID of that moment, in Cassandra's order of signed bytes; for comparisons only.</summary>
    public static TimeUuid Min(DateTimeOffset date) => new([0x80, 0x80, 0x80, 0x80, 0x80, 0x80], [0x80, 0x80], date, 0x80);

    /// <summary>After every time UUID of that moment, in Cassandra's order of signed bytes; for comparisons only.</summary>
    public static TimeUuid Max(DateTimeOffset date) => new([0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F], [0x3F, 0x7F], date, 0x40);

    /// <summary>Reads the usual form with hyphens.</summary>
    public static TimeUuid Parse(string input) => new(Guid.Parse(input));

    /// <summary>The moment in it.</summary>
    public DateTimeOffset GetDate() => Epoch.AddTicks(Ticks());

    /// <summary>The UUID as it is.</summary>
    public Guid ToGuid() => _value;

    /// <summary>The bytes as <see cref="Guid.ToByteArray()"/> orders them.</summary>
    public byte[] ToByteArray() => _value.ToByteArray();

    /// <inheritdoc/>
    public bool Equals(TimeUuid other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TimeUuid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(TimeUuid other)
    {
        var byTime = Ticks().CompareTo(other.Ticks());
        if (byTime != 0) return byTime;
        Span<byte> mine = stackalloc byte[16], others = stackalloc byte[16];
        _value.TryWriteBytes(mine, bigEndian: true, out _);
        other._value.TryWriteBytes(others, bigEndian: true, out _);
        for (var i = 8; i < 16; i++)
        {
            if (mine[i] != others[i]) return ((sbyte)mine[i]).CompareTo((sbyte)others[i]);
        }

        return 0;
    }

    /// <summary>The usual form with hyphens.</summary>
    public override string ToString() => _value.ToString();

    private long Ticks()
    {
        Span<byte> bytes = stackalloc byte[16];
        _value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) | ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) << 32)
            | ((long)(BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF) << 48);
    }
}
