using System.Net;
using System.Numerics;

namespace Cassandra.Types;

/// <summary>
/// The codec for a value whose column is not known, as in a <see cref="SimpleStatement"/>: a number must then have exactly the
/// column's size. A prepared statement knows its columns.
/// </summary>
internal static class CodecByValue
{
    private static readonly Dictionary<Type, Codec> ByType = new()
    {
        [typeof(string)] = Scalars.Text,
        [typeof(int)] = Scalars.Int,
        [typeof(long)] = Scalars.Bigint,
        [typeof(short)] = Scalars.SmallInt,
        [typeof(sbyte)] = Scalars.TinyInt,
        [typeof(bool)] = Scalars.Boolean,
        [typeof(double)] = Scalars.Double,
        [typeof(float)] = Scalars.Float,
        [typeof(byte[])] = Scalars.Blob,
        [typeof(Guid)] = Scalars.Uuid,
        [typeof(TimeUuid)] = Scalars.Timeuuid,
        [typeof(DateTimeOffset)] = Scalars.Timestamp,
        [typeof(DateTime)] = Scalars.Timestamp,
        [typeof(LocalDate)] = Scalars.Date,
        [typeof(BigInteger)] = Scalars.Varint,
    };

    /// <exception cref="NotSupportedException">No CQL type is known for it.</exception>
    public static Codec Of(object? value) => value switch
    {
        // Their content is not written.
        null or Unset => Scalars.Blob,
        IPAddress => Scalars.Inet,
        _ => Of(value.GetType()),
    };

    private static Codec Of(Type type)
    {
        if (ByType.TryGetValue(type, out var known)) return known;
        if (typeof(IPAddress).IsAssignableFrom(type)) return Scalars.Inet;
        if (Arguments(type, typeof(IDictionary<,>)) is [var key, var value]) return new MapCodec(Of(key), Of(value));
        if (Arguments(type, typeof(IEnumerable<>)) is [var element]) return new CollectionCodec(Of(element));
        throw new NotSupportedException($"This stand-in for CassandraCSharpDriver knows no CQL type for values of {type}");
    }

    private static Type[]? Arguments(Type type, Type definition) => type.GetInterfaces().Append(type)
        .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition)
        ?.GetGenericArguments();
}
