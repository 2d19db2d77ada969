using System.Collections;
using Cassandra.Protocol;

namespace Cassandra.Types;

/// <summary>Lists and sets: a count, then each element as [bytes]. Read as an array unless asked for as something else.</summary>
internal sealed class CollectionCodec(Codec element) : Codec
{
    public override Type ClrType => element.ClrType.MakeArrayType();

    public override object ReadObject(ReadOnlySpan<byte> bytes)
    {
        var body = new BodyReader(bytes);
        var items = Array.CreateInstance(element.ClrType, body.Count(body.Int(), 4));
        for (var i = 0; i < items.Length; i++) items.SetValue(ReadElement(element, ref body), i);
        return items;
    }

    public override void WriteObject(object value, BodyWriter body)
    {
        if (value is not IEnumerable items || value is string or byte[])
            throw new InvalidTypeException($"A value of {value.GetType()} cannot be sent as a list or set of {element.ClrType}");
        var count = body.Reserve();
        var written = 0;
        foreach (var item in items)
        {
            WriteElement(element, item, body);
            written++;
        }

        body.Fill(count, written);
    }

    public static object ReadElement(Codec codec, ref BodyReader body)
    {
        var length = body.Int();
        if (length < 0) throw new InvalidTypeException("A collection with a null in it");
        return codec.ReadObject(body.Take(length));
    }

    public static void WriteElement(Codec codec, object? value, BodyWriter body)
    {
        if (value is null or Unset) throw new InvalidTypeException("A collection cannot have null or unset in it");
        codec.WriteValue(value, body);
    }
}
