using System.Net;
using System.Net.Sockets;

namespace Shortener.Server.RateLimits;

/// <summary>
/// What limits take for one client: an IPv4 address, or the /64 of an IPv6 address, since a client has that many of them.
/// </summary>
public static class ClientNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>The network of <paramref name="address"/>; "unknown" for connections without one.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
