using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using Cassandra.Protocol;

namespace Cassandra.Types;

/// <summary>The scalar types (sections 6.1 to 6.20 of the protocol specification).</summary>
internal static class Scalars
{
    /// <summary>Refuses text that has no UTF-8 form, such as half a surrogate pair, where the default would change it.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly Codec Text = new ScalarCodec<string>("text", 0, bytes => Encoding.UTF8.GetString(bytes), WriteText);

    public static readonly Codec Ascii = new ScalarCodec<string>("ascii", 0, bytes => Encoding.ASCII.GetString(bytes), WriteAscii);

    public static readonly Codec Int = new ScalarCodec<int>("int", 4, BinaryPrimitives.ReadInt32BigEndian, (value, body) => body.Int(value));

    public static readonly Codec Bigint =
        new ScalarCodec<long>("bigint", 8, BinaryPrimitives.ReadInt64BigEndian, (value, body) => body.Long(value));

    public static readonly Codec SmallInt = new ScalarCodec<short>(
        "smallint", 2, BinaryPrimitives.ReadInt16BigEndian, (value, body) => BinaryPrimitives.WriteInt16BigEndian(body.Take(2), value));

    public static readonly Codec TinyInt =
        new ScalarCodec<sbyte>("tinyint", 1, bytes => (sbyte)bytes[0], (value, body) => body.Byte((byte)value));

    public static readonly Codec Boolean =
        new ScalarCodec<bool>("boolean", 1, bytes => bytes[0] != 0, (value, body) => body.Byte(value ? (byte)1 : (byte)0));

    public static readonly Codec Double = new ScalarCodec<double>(
        "double", 8, BinaryPrimitives.ReadDoubleBigEndian, (value, body) => BinaryPrimitives.WriteDoubleBigEndian(body.Take(8), value));

    public static readonly Codec Float = new ScalarCodec<float>(
        "float", 4, BinaryPrimitives.ReadSingleBigEndian, (value, body) => BinaryPrimitives.WriteSingleBigEndian(body.Take(4), value));

    public static readonly Codec Blob = new ScalarCodec<byte[]>("blob", 0, bytes => bytes.ToArray(), (value, body) => body.Raw(value));

    public static readonly Codec Uuid =
        new ScalarCodec<Guid>("uuid", 16, ReadGuid, WriteGuid, value => value is TimeUuid time ? time.ToGuid() : null);

    public static readonly Codec Timeuuid = new ScalarCodec<TimeUuid>(
        "timeuuid", 16, bytes => ReadGuid(bytes), (value, body) => WriteGuid(value, body),
        value => value is Guid guid ? (TimeUuid)guid : null);

    public static readonly Codec Timestamp = new ScalarCodec<DateTimeOffset>(
        "timestamp", 8, ReadTimestamp, (value, body) => body.Long(value.ToUnixTimeMilliseconds()),
        value => value is DateTime time ? FromDateTime(time) : null);

    public static readonly Codec Date = new ScalarCodec<LocalDate>(
        "date", 4, bytes => LocalDate.FromCqlDays(BinaryPrimitives.ReadUInt32BigEndian(bytes)), (value, body) => body.Int((int)value.CqlDays));

    public static readonly Codec Inet = new ScalarCodec<IPAddress>("inet", 0, ReadInet, WriteInet);

    public static readonly Codec Varint = new ScalarCodec<BigInteger>(
        "varint", 0, bytes => new BigInteger(bytes, isBigEndian: true), (value, body) => body.Raw(value.ToByteArray(isBigEndian: true)));

    private static void WriteText(string value, BodyWriter body)
    {
        try
        {
            Utf8.GetBytes(value, body.Take(Utf8.GetByteCount(value)));
        }
        catch (EncoderFallbackException exception)
        {
            throw new InvalidTypeException($"The text has no UTF-8 form: {exception.Message}");
        }
    }

    private static void WriteAscii(string value, BodyWriter body)
    {
        if (!System.Text.Ascii.IsValid(value)) throw new InvalidTypeException("The text for a column of type ascii is not ASCII");
        Encoding.ASCII.GetBytes(value, body.Take(value.Length));
    }

    private static Guid ReadGuid(ReadOnlySpan<byte> bytes) => new(bytes, bigEndian: true);

    private static void WriteGuid(Guid value, BodyWriter body) => value.TryWriteBytes(body.Take(16), bigEndian: true, out _);

    /// <summary>A time without a zone counts as UTC.</summary>
    private static DateTimeOffset FromDateTime(DateTime time) =>
        new(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static DateTimeOffset ReadTimestamp(ReadOnlySpan<byte> bytes)
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            throw new InvalidTypeException($"The timestamp {milliseconds} is beyond the years 1 to 9999");
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private static IPAddress ReadInet(ReadOnlySpan<byte> bytes) => bytes.Length is 4 or 16
        ? new IPAddress(bytes)
        : throw new InvalidTypeException($"An address of {bytes.Length} bytes");

    private static void WriteInet(IPAddress value, BodyWriter body) =>
        value.TryWriteBytes(body.Take(value.AddressFamily == AddressFamily.InterNetwork ? 4 : 16), out _);
}
