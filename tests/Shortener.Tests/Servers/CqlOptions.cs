using System.Net;
using System.Net.Sockets;

namespace Shortener.Tests.Servers;

/// <summary>The one exchange of the CQL native protocol that needs no start-up: OPTIONS, answered with SUPPORTED.</summary>
internal static class CqlOptions
{
    /// <summary>The opcode of SUPPORTED.</summary>
    public const byte Supported = 0x06;

    private const int HeaderLength = 9;
    private const int OpcodeAt = 4;

    /// <summary>A frame of protocol version 4: version, flags, stream (2 bytes), opcode, length of the body (4 bytes).</summary>
    private static readonly byte[] Frame = [0x04, 0, 0, 0, 0x05, 0, 0, 0, 0];

    /// <summary>Sends the frame on a new connection; the connection's owner reads the answer or closes it.</summary>
    public static async Task<TcpClient> SendAsync(IPEndPoint node)
    {
        var client = new TcpClient();
        await client.ConnectAsync(node);
        await client.GetStream().WriteAsync(Frame);
        return client;
    }

    /// <returns>The answer's opcode.</returns>
    public static async Task<byte> ReadAnswerAsync(TcpClient client)
    {
        var header = new byte[HeaderLength];
        await client.GetStream().ReadExactlyAsync(header);
        return header[OpcodeAt];
    }

    /// <returns>The opcode with which a node answers.</returns>
    public static async Task<byte> AskAsync(IPEndPoint node)
    {
        using var client = await SendAsync(node);
        return await ReadAnswerAsync(client);
    }
}
