using System.Collections;
using Cassandra.Protocol;

namespace Cassandra.Types;

/// <summary>Maps: a count, then each key and value as [bytes]. Read as a dictionary.</summary>
internal sealed class MapCodec(Codec keys, Codec values) : Codec
{
    public override Type ClrType => typeof(Dictionary<,>).MakeGenericType(keys.ClrType, values.ClrType);

    public override object ReadObject(ReadOnlySpan<byte> bytes)
    {
        var body = new BodyReader(bytes);
        var map = (IDictionary)Activator.CreateInstance(ClrType)!;
        var count = body.Count(body.Int(), 8);
        for (var i = 0; i < count; i++)
        {
            var key = CollectionCodec.ReadElement(keys, ref body);
            map[key] = CollectionCodec.ReadElement(values, ref body);
        }

        return map;
    }

    public override void WriteObject(object value, BodyWriter body)
    {
        if (value is not IDictionary map)
            throw new InvalidTypeException($"A value of {value.GetType()} cannot be sent as a map; a dictionary can");
        body.Int(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            CollectionCodec.WriteElement(keys, entry.Key, body);
            CollectionCodec.WriteElement(values, entry.Value, body);
        }
    }
}
