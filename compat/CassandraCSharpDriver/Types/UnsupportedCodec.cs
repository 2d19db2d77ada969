using Cassandra.Protocol;

namespace Cassandra.Types;

/// <summary>Stands for a type that this driver does not read or write; results with such columns can still be had.</summary>
internal sealed class UnsupportedCodec(string cqlName) : Codec
{
    public override Type ClrType => typeof(object);

    public override object ReadObject(ReadOnlySpan<byte> bytes) => throw Refusal();

    public override void WriteObject(object value, BodyWriter body) => throw Refusal();

    private NotSupportedException Refusal() =>
        new($"Values of the CQL type {cqlName} are not supported by this stand-in for CassandraCSharpDriver");
}
