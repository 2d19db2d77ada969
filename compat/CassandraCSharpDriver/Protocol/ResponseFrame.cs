namespace Cassandra.Protocol;

/// <summary>A response as it came: its parts are read by whom it is for, not by the connection's read loop.</summary>
internal sealed record ResponseFrame(FrameHeader Header, byte[] Body)
{
    public Opcode Opcode => Header.Opcode;
}
