using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Cassandra.Protocol;

namespace Cassandra.Connections;

/// <summary>Writes the requests of a queue; those that wait together leave together.</summary>
internal sealed class FrameWriter(PipeWriter writer, ChannelReader<PendingRequest> queue)
{
    /// <summary>Bytes that are gathered before they are sent.</summary>
    private const int FlushSize = 64 * 1024;

    /// <summary>Writes until the queue is closed.</summary>
    /// <param name="skip">Takes requests that nobody waits for any more; they are not written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAllAsync(Action<PendingRequest> skip, CancellationToken cancellationToken)
    {
        while (await queue.WaitToReadAsync(cancellationToken))
        {
            while (queue.TryRead(out var pending))
            {
                if (!pending.TryBeginWriting())
                    skip(pending);
                else
                    Write(pending);
                if (writer.UnflushedBytes >= FlushSize) await writer.FlushAsync(cancellationToken);
            }

            await writer.FlushAsync(cancellationToken);
        }
    }

    private void Write(PendingRequest pending)
    {
        var (opcode, body, flags) = pending.Request;
        var header = new FrameHeader(FrameHeader.RequestVersion, flags, pending.Stream, opcode, body.Length);
        header.Write(writer.GetSpan(FrameHeader.Size));
        writer.Advance(FrameHeader.Size);
        writer.Write(body.Span);
    }
}
