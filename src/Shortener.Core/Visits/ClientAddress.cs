using System.Net;
using System.Net.Sockets;

namespace Shortener.Core.Visits;

/// <summary>Addresses of visitors, as much of them as leaves memory.</summary>
public static class ClientAddress
{
    /// <summary>The bytes of an address: IPv6, and IPv4 as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2).</summary>
    public const int Length = 16;

    private const int Ipv4KeptBytes = 15;
    private const int Ipv6KeptBytes = 6;

    /// <summary>
    /// Writes an address without what tells one household from the next: of IPv4 the last octet is zero, of IPv6 the last 80
    /// bits. IPv4-mapped IPv6 addresses are IPv4. Nothing is allocated.
    /// </summary>
    /// <param name="address">The address; null for a connection without one, which gives 16 zeros.</param>
    /// <param name="masked">At least <see cref="Length"/> bytes, of which that many are written.</param>
    public static void Mask(IPAddress? address, Span<byte> masked)
    {
        masked = masked[..Length];
        masked.Clear();
        switch (address?.AddressFamily)
        {
            case AddressFamily.InterNetwork:
                address.TryWriteBytes(masked[12..], out _);
                masked[10] = masked[11] = 0xFF;
                masked[Ipv4KeptBytes..].Clear();
                break;
            case AddressFamily.InterNetworkV6:
                address.TryWriteBytes(masked, out _);
                masked[(address.IsIPv4MappedToIPv6 ? Ipv4KeptBytes : Ipv6KeptBytes)..].Clear();
                break;
        }
    }
}
