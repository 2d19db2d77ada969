using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>What one connection may cost.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Connections at once.</summary>
    [Setting("The most connections at once; further ones are closed. An idle one costs about 20 kB.", Min = "10", Max = "1000000")]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Bytes of all request headers.</summary>
    [Setting("The most bytes of a request's headers; browsers send 1 to 4 kB. More: 431.", Min = "2048", Max = "1048576")]
    public int MaxHeaderBytes { get; set; } = 16_384;

    /// <summary>Bytes of the request line.</summary>
    [Setting("The most bytes of a request line. More: 414.", Min = "512", Max = "65536")]
    public int MaxRequestLineBytes { get; set; } = 8_192;

    /// <summary>Bytes of a request body.</summary>
    [Setting("The most bytes of a request body; a link with every field full and escaped takes 20 kB. More: 413.", Min = "1024", Max = "10485760")]
    public int MaxBodyBytes { get; set; } = 65_536;

    /// <summary>How long headers may take.</summary>
    [Setting("How long a client may take to send its headers.", Min = "00:00:01", Max = "00:05:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle.</summary>
    [Setting("How long an idle connection is kept.", Min = "00:00:01", Max = "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>Whether requests run on the socket threads.</summary>
    [Setting("Whether a request starts on the thread that read it from the socket, which saves two thread switches a redirect. " +
        "docs/decisions/0003 says what it risks and how that is held.")]
    public bool InlineScheduling { get; set; } = true;
}
