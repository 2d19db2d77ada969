using System.Buffers;
using System.IO.Pipelines;
using Cassandra.Protocol;

namespace Cassandra.Connections;

/// <summary>
/// Reads frames from a stream of bytes. Room for a body is taken as its bytes come, never ahead by what its header claims.
/// </summary>
internal sealed class FrameReader(PipeReader reader, int maxBodyLength)
{
    /// <summary>Hands each frame over until the stream ends.</summary>
    /// <exception cref="MalformedFrameException">A header is wrong, or the stream ended within a frame.</exception>
    public async Task ReadAllAsync(Action<ResponseFrame> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (TryRead(ref buffer, out var frame)) take(frame!);
            if (result.IsCompleted)
            {
                if (!buffer.IsEmpty) throw new MalformedFrameException($"the end of the stream within a frame, after {buffer.Length} bytes");
                return;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private bool TryRead(ref ReadOnlySequence<byte> buffer, out ResponseFrame? frame)
    {
        frame = null;
        if (buffer.Length < FrameHeader.Size) return false;
        Span<byte> bytes = stackalloc byte[FrameHeader.Size];
        buffer.Slice(0, FrameHeader.Size).CopyTo(bytes);
        var header = FrameHeader.ReadResponse(bytes, maxBodyLength);
        if (buffer.Length < FrameHeader.Size + (long)header.BodyLength) return false;
        frame = new ResponseFrame(header, buffer.Slice(FrameHeader.Size, header.BodyLength).ToArray());
        buffer = buffer.Slice(FrameHeader.Size + (long)header.BodyLength);
        return true;
    }
}
