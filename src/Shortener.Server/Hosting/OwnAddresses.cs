using Shortener.Core.Destinations;

namespace Shortener.Server.Hosting;

/// <summary>
/// The addresses that the service itself is reached by: PublicUrl, OwnHosts, and those listened on. Wildcards to listen on
/// name no host and are left out.
/// </summary>
public sealed class OwnAddresses
{
    private readonly List<DestinationUrl> _addresses = [];

    /// <param name="server">Has the public address.</param>
    /// <param name="hosts">Further hosts, with or without a port.</param>
    /// <param name="configuration">Says where to listen.</param>
    public OwnAddresses(ServerOptions server, IEnumerable<string> hosts, IConfiguration configuration)
    {
        var listening = ListenAddresses.Of(configuration).SelectMany(ListenAddresses.NamesOf);
        foreach (var url in hosts.Select(host => $"http://{host}").Concat(listening).Append(server.PublicUrl))
        {
            if (DestinationUrl.TryParse(url, out var address) == DestinationError.None) _addresses.Add(address!);
        }
    }

    /// <summary>The hosts and ports.</summary>
    public IEnumerable<OwnOrigin> Origins => _addresses.Select(address => new OwnOrigin(address.Host, address.Port));

    /// <summary>Whether <paramref name="url"/> leads to this service: what is beside the path of a public address does not.</summary>
    public bool Contain(DestinationUrl url) => _addresses.Exists(address =>
        new OwnOrigin(address.Host, address.Port).IsOf(url)
        && $"{url.Path}/".StartsWith($"{address.Path.TrimEnd('/')}/", StringComparison.Ordinal));
}
