namespace Cassandra;

/// <summary>The types of CQL, with the protocol's codes.</summary>
public enum ColumnTypeCode
{
    /// <summary>A type that only the server knows.</summary>
    Custom = 0x00,

    /// <summary>ASCII text: <see cref="string"/>.</summary>
    Ascii = 0x01,

    /// <summary>64 bits: <see cref="long"/>.</summary>
    Bigint = 0x02,

    /// <summary>Bytes: an array of <see cref="byte"/>.</summary>
    Blob = 0x03,

    /// <summary><see cref="bool"/>.</summary>
    Boolean = 0x04,

    /// <summary>A counter, which can be read: <see cref="long"/>.</summary>
    Counter = 0x05,

    /// <summary>Not supported here.</summary>
    Decimal = 0x06,

    /// <summary><see cref="double"/>.</summary>
    Double = 0x07,

    /// <summary><see cref="float"/>.</summary>
    Float = 0x08,

    /// <summary>32 bits: <see cref="int"/>.</summary>
    Int = 0x09,

    /// <summary>UTF-8 text: <see cref="string"/>.</summary>
    Text = 0x0A,

    /// <summary>Milliseconds since 1970 in UTC: <see cref="DateTimeOffset"/>.</summary>
    Timestamp = 0x0B,

    /// <summary><see cref="Guid"/>.</summary>
    Uuid = 0x0C,

    /// <summary>UTF-8 text: <see cref="string"/>.</summary>
    Varchar = 0x0D,

    /// <summary>An integer of any size: <see cref="System.Numerics.BigInteger"/>.</summary>
    Varint = 0x0E,

    /// <summary><see cref="TimeUuid"/>.</summary>
    Timeuuid = 0x0F,

    /// <summary><see cref="System.Net.IPAddress"/>.</summary>
    Inet = 0x10,

    /// <summary><see cref="LocalDate"/>.</summary>
    Date = 0x11,

    /// <summary>Not supported here.</summary>
    Time = 0x12,

    /// <summary>16 bits: <see cref="short"/>.</summary>
    SmallInt = 0x13,

    /// <summary>8 bits: <see cref="sbyte"/>.</summary>
    TinyInt = 0x14,

    /// <summary>Not supported here.</summary>
    Duration = 0x15,

    /// <summary>A list.</summary>
    List = 0x20,

    /// <summary>A map.</summary>
    Map = 0x21,

    /// <summary>A set.</summary>
    Set = 0x22,

    /// <summary>Not supported here.</summary>
    Udt = 0x30,

    /// <summary>Not supported here.</summary>
    Tuple = 0x31,
}
