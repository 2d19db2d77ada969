namespace Cassandra.Protocol;

/// <summary>Flags of a frame, by section 2.2 of the native protocol specification, version 4.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    Compressed = 0x01,
    Tracing = 0x02,
    CustomPayload = 0x04,
    Warning = 0x08,
}
