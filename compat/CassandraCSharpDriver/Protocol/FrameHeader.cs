using System.Buffers.Binary;

namespace Cassandra.Protocol;

/// <summary>The nine bytes before each frame's body (native protocol specification, version 4, section 2).</summary>
internal readonly record struct FrameHeader(byte Version, FrameFlags Flags, short Stream, Opcode Opcode, int BodyLength)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 9;

    /// <summary>The version byte of a request in protocol version 4; a response has the top bit set too.</summary>
    public const byte RequestVersion = 0x04;

    /// <summary>The version byte of a response in protocol version 4.</summary>
    public const byte ResponseVersion = 0x84;

    /// <summary>The stream of frames that answer no request: events.</summary>
    public const short EventStream = -1;

    public void Write(Span<byte> target)
    {
        target[0] = Version;
        target[1] = (byte)Flags;
        BinaryPrimitives.WriteInt16BigEndian(target[2..], Stream);
        target[4] = (byte)Opcode;
        BinaryPrimitives.WriteInt32BigEndian(target[5..], BodyLength);
    }

    /// <summary>The header of a response, checked.</summary>
    /// <exception cref="MalformedFrameException">The bytes are no response of this protocol version, or it is too long.</exception>
    public static FrameHeader ReadResponse(ReadOnlySpan<byte> source, int maxBodyLength)
    {
        var header = new FrameHeader(
            source[0], (FrameFlags)source[1], BinaryPrimitives.ReadInt16BigEndian(source[2..]), (Opcode)source[4],
            BinaryPrimitives.ReadInt32BigEndian(source[5..]));
        // A server that speaks only other versions answers STARTUP with an ERROR in a version of its own.
        if (header.Version != ResponseVersion && !(header.Opcode == Opcode.Error && header.Version is > 0x82 and < 0x87))
            throw new MalformedFrameException($"a frame of protocol version byte 0x{header.Version:X2}, not 0x{ResponseVersion:X2}");
        if ((header.Flags & FrameFlags.Compressed) != 0)
            throw new MalformedFrameException("a compressed frame, which this driver never asks for");
        if (header.BodyLength < 0 || header.BodyLength > maxBodyLength)
            throw new MalformedFrameException($"a frame of {(uint)header.BodyLength} bytes; at most {maxBodyLength} are taken");
        return header;
    }
}
