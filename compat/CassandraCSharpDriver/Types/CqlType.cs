using Cassandra.Protocol;

namespace Cassandra.Types;

/// <summary>The type of a column: its code and the codec that its type parameters make.</summary>
internal sealed record CqlType(ColumnTypeCode Code, Codec Codec)
{
    /// <summary>Deeper nesting than any schema has, and far less than a stack holds.</summary>
    private const int MaxDepth = 32;

    /// <summary>Reads an [option] (section 4.2.5.2 of the protocol specification).</summary>
    public static CqlType Read(ref BodyReader body) => Read(ref body, MaxDepth);

    private static CqlType Read(ref BodyReader body, int depth)
    {
        if (depth == 0) throw new MalformedFrameException($"a type nested deeper than {MaxDepth}");
        var code = (ColumnTypeCode)body.Short();
        return new CqlType(code, code switch
        {
            ColumnTypeCode.Ascii => Scalars.Ascii,
            ColumnTypeCode.Text or ColumnTypeCode.Varchar => Scalars.Text,
            ColumnTypeCode.Bigint or ColumnTypeCode.Counter => Scalars.Bigint,
            ColumnTypeCode.Blob => Scalars.Blob,
            ColumnTypeCode.Boolean => Scalars.Boolean,
            ColumnTypeCode.Double => Scalars.Double,
            ColumnTypeCode.Float => Scalars.Float,
            ColumnTypeCode.Int => Scalars.Int,
            ColumnTypeCode.Timestamp => Scalars.Timestamp,
            ColumnTypeCode.Uuid => Scalars.Uuid,
            ColumnTypeCode.Varint => Scalars.Varint,
            ColumnTypeCode.Timeuuid => Scalars.Timeuuid,
            ColumnTypeCode.Inet => Scalars.Inet,
            ColumnTypeCode.Date => Scalars.Date,
            ColumnTypeCode.SmallInt => Scalars.SmallInt,
            ColumnTypeCode.TinyInt => Scalars.TinyInt,
            ColumnTypeCode.List or ColumnTypeCode.Set => new CollectionCodec(Read(ref body, depth - 1).Codec),
            ColumnTypeCode.Map => new MapCodec(Read(ref body, depth - 1).Codec, Read(ref body, depth - 1).Codec),
            ColumnTypeCode.Custom => new UnsupportedCodec(body.String()),
            ColumnTypeCode.Udt => Udt(ref body, depth),
            ColumnTypeCode.Tuple => Tuple(ref body, depth),
            _ => new UnsupportedCodec(code.ToString()),
        });
    }

    private static UnsupportedCodec Udt(ref BodyReader body, int depth)
    {
        var name = $"{body.String()}.{body.String()}";
        for (var fields = body.Count(body.Short(), 4); fields > 0; fields--)
        {
            body.String();
            Read(ref body, depth - 1);
        }

        return new UnsupportedCodec(name);
    }

    private static UnsupportedCodec Tuple(ref BodyReader body, int depth)
    {
        for (var parts = body.Count(body.Short(), 2); parts > 0; parts--) Read(ref body, depth - 1);
        return new UnsupportedCodec("tuple");
    }
}
