using Cassandra.Protocol;

namespace Cassandra.Types;

internal delegate T ReadScalar<T>(ReadOnlySpan<byte> bytes);

/// <summary>A type that is no collection.</summary>
/// <param name="cqlName">Its name in CQL, for messages.</param>
/// <param name="size">Bytes of each value; 0 where they vary.</param>
/// <param name="read">Reads the content of a value.</param>
/// <param name="write">Writes it.</param>
/// <param name="accept">Makes a <typeparamref name="T"/> of another object that may be sent as this type, or null.</param>
internal sealed class ScalarCodec<T>(
    string cqlName, int size, ReadScalar<T> read, Action<T, BodyWriter> write, Func<object, object?>? accept = null) : Codec<T>
    where T : notnull
{
    public override T Read(ReadOnlySpan<byte> bytes)
    {
        if (size != 0 && bytes.Length != size)
            throw new InvalidTypeException($"A value of {bytes.Length} bytes in a column of type {cqlName}, which has {size}");
        return read(bytes);
    }

    public override void WriteObject(object value, BodyWriter body)
    {
        if (value is T exact)
            write(exact, body);
        else if (accept?.Invoke(value) is T accepted)
            write(accepted, body);
        else
            throw new InvalidTypeException($"A value of {value.GetType()} cannot be sent as {cqlName}, which takes {typeof(T)}");
    }
}
