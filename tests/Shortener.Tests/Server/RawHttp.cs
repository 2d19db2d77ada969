using System.Net.Sockets;
using System.Text;

namespace Shortener.Tests.Server;

/// <summary>An answer as it came over the wire; one char a byte.</summary>
internal sealed record RawAnswer(string Text)
{
    /// <summary>0: the server closed the connection without an answer.</summary>
    public int Status => Text.Length == 0 ? 0 : int.Parse(Text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    public string Body => Text[(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    /// <summary>A header's value, byte for byte; null: it is not there.</summary>
    public string? Header(string name)
    {
        var line = Array.Find(Text.Split("\r\n\r\n")[0].Split("\r\n"), line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 2)..];
    }
}

/// <summary>Requests that no HTTP client would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes (one a char) and reads until the server closes the connection.</summary>
    public static async Task<RawAnswer> SendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // Closed while the request was still being sent: what came before counts.
        }

        return new RawAnswer(Encoding.Latin1.GetString(answer.ToArray()));
    }

    /// <summary>A request for a target written as given, on a connection of its own.</summary>
    public static Task<RawAnswer> VisitAsync(Uri server, string target, string method = "GET", params string[] headers) =>
        SendAsync(server, $"{method} {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n"
            + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n");
}
