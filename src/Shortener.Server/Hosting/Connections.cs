using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Shortener.Server.Hosting;

/// <summary>Kestrel's limits, and on which threads requests run.</summary>
public static class Connections
{
    /// <summary>Browsers send 15 to 30; bytes are bounded by a setting.</summary>
    private const int MaxHeaders = 100;

    /// <summary>Slower than any real network: who sends or reads slower holds the connection on purpose.</summary>
    private static readonly MinDataRate SlowestClient = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets the runtime go on with a socket's reader on the thread that polls the sockets. The runtime reads this once, at
    /// the first socket, so it comes before everything else. What is set from outside stays.
    /// </summary>
    public static void CompleteSocketsInline()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }

    /// <summary>Sets Kestrel's limits on purpose.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">What one connection may cost.</param>
    /// <param name="server">How long a stop may take.</param>
    /// <param name="inline">Whether requests may begin on socket threads: the redirect, first in line, moves what may wait off them.</param>
    public static void AddConnections(this WebApplicationBuilder builder, ConnectionOptions options, ServerOptions server, bool inline)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = inline && options.InlineScheduling;
            // Saves a system call a request; an idle connection then holds a 4 kB buffer.
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
            kestrel.Limits.MaxRequestLineSize = Math.Min(options.MaxRequestLineBytes, options.MaxHeaderBytes);
            kestrel.Limits.MaxRequestBufferSize = Math.Max(kestrel.Limits.MaxRequestBufferSize ?? 0, options.MaxHeaderBytes + options.MaxRequestLineBytes);
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
            kestrel.Limits.MinRequestBodyDataRate = SlowestClient;
            kestrel.Limits.MinResponseDataRate = SlowestClient;
            kestrel.Limits.RequestHeadersTimeout = options.HeaderTimeout;
            kestrel.Limits.KeepAliveTimeout = options.KeepAliveTimeout;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = server.ShutdownTimeout);
    }

    /// <summary>Believes forwarding headers of the known proxies, and of nobody else.</summary>
    public static void UseKnownProxies(this WebApplication app, ServerOptions server)
    {
        if (server.KnownProxies.Count == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in server.KnownProxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }
}
