using System.Globalization;
using System.Text.RegularExpressions;

namespace Shortener.Server.Hosting;

/// <summary>Where the service listens: ASP.NET's own settings, checked, with a default that is on the loopback only.</summary>
public static partial class ListenAddresses
{
    private const string Urls = "urls";
    private const string Default = "http://127.0.0.1:8080";

    /// <summary>The other ways to tell ASP.NET where to listen, which the default must not override.</summary>
    private static readonly string[] PortSettings = ["http_ports", "https_ports"];

    /// <summary>Puts the default in place where nothing is configured; returns what is wrong with what is.</summary>
    public static IReadOnlyList<string> AddListenAddresses(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration[Urls]))
        {
            if (PortSettings.Any(key => !string.IsNullOrEmpty(configuration[key])) || configuration.GetSection("Kestrel:Endpoints").Exists()) return [];
            configuration[Urls] = Default;
        }

        return [.. Of(configuration).Where(url => !IsValid(url))
            .Select(url => $"The address '{url}' cannot be listened on: write one such as {Default}.")];
    }

    /// <summary>The addresses configured as URLs.</summary>
    public static string[] Of(IConfiguration configuration) =>
        (configuration[Urls] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// The address, and for who listens on a loopback address or on all addresses, each name of the loopback with its port.
    /// </summary>
    public static IEnumerable<string> NamesOf(string url)
    {
        yield return url;
        var match = Address().Match(url);
        if (match.Groups["host"].Value is not ("127.0.0.1" or "localhost" or "[::1]" or "0.0.0.0" or "[::]" or "*" or "+")) yield break;
        foreach (var name in new[] { "127.0.0.1", "localhost", "[::1]" }) yield return $"http://{name}{match.Groups["port"].Value}";
    }

    /// <summary>
    /// Where a request arrived, for one that names no host, as HTTP/1.0 allows. A Unix socket has no address: its clients are on
    /// this machine.
    /// </summary>
    public static HostString LocalHost(ConnectionInfo connection) => connection.LocalIpAddress switch
    {
        null => new HostString("localhost"),
        var address => new HostString((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), connection.LocalPort),
    };

    private static bool IsValid(string url) =>
        url.StartsWith("http://unix:/", StringComparison.Ordinal)
        || (Address().Match(url) is { Success: true } match
            && (match.Groups["port"] is not { Success: true } port
                || int.Parse(port.ValueSpan[1..], CultureInfo.InvariantCulture) <= System.Net.IPEndPoint.MaxPort));

    [GeneratedRegex(@"^https?://(?<host>\[[0-9A-Fa-f:.%]+\]|[^\s:/\[\]]+)(?<port>:\d{1,5})?/?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
