namespace Cassandra.Protocol;

/// <summary>A request without its stream, so that the same bytes can go to several hosts.</summary>
internal sealed record EncodedRequest(Opcode Opcode, ReadOnlyMemory<byte> Body, FrameFlags Flags = FrameFlags.None)
{
    /// <summary>Whether the server may have begun the work once these bytes were written and no answer came.</summary>
    public bool HasEffect => Opcode is Opcode.Query or Opcode.Execute or Opcode.Batch;
}
