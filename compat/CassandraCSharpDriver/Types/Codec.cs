using Cassandra.Protocol;

namespace Cassandra.Types;

/// <summary>Turns the values of one CQL type into bytes and back.</summary>
internal abstract class Codec
{
    /// <summary>What values are unless asked for as something else.</summary>
    public abstract Type ClrType { get; }

    public abstract object ReadObject(ReadOnlySpan<byte> bytes);

    /// <summary>Writes the content of a value, without its length.</summary>
    /// <exception cref="InvalidTypeException">The value is no value of this type.</exception>
    public abstract void WriteObject(object value, BodyWriter body);

    /// <summary>The value as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidTypeException">The bytes are no value of this type, or it cannot be had so.</exception>
    public T ReadAs<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return this is Codec<T> exact ? exact.Read(bytes) : (T)Conversion.To(typeof(T), ReadObject(bytes));
        }
        catch (MalformedFrameException exception)
        {
            throw new InvalidTypeException($"The value is no {ClrType.Name}: {exception.Message}");
        }
    }

    /// <summary>The content of a value.</summary>
    public byte[] Encode(object value)
    {
        var body = new BodyWriter();
        WriteObject(value, body);
        return body.Written.ToArray();
    }

    /// <summary>Writes a value as [value]: its length, or that it is null or unset, and its content.</summary>
    public void WriteValue(object? value, BodyWriter body)
    {
        if (value is null or Unset)
        {
            body.Int(value is null ? -1 : -2);
            return;
        }

        var length = body.Reserve();
        WriteObject(value, body);
        body.FillLength(length);
    }
}

/// <summary>A codec whose values are <typeparamref name="T"/>.</summary>
internal abstract class Codec<T> : Codec
{
    public override Type ClrType => typeof(T);

    public abstract T Read(ReadOnlySpan<byte> bytes);

    public override object ReadObject(ReadOnlySpan<byte> bytes) => Read(bytes)!;
}
