using System.Net;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.255", "::ffff:192.0.2.0")]
    [InlineData("::ffff:192.0.2.255", "::ffff:192.0.2.0")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8:ffff::")]
    [InlineData("::1", "::")]
    [InlineData("fe80::1%3", "fe80::")]
    public void The_last_octet_or_80_bits_go(string address, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Mask(IPAddress.Parse(address)));

    [Fact]
    public void Without_an_address_all_is_zero() => Assert.Equal(IPAddress.IPv6None, Mask(null));

    private static IPAddress Mask(IPAddress? address)
    {
        Span<byte> masked = stackalloc byte[ClientAddress.Length + 1];
        masked.Fill(0xEE);
        ClientAddress.Mask(address, masked);
        Assert.Equal(0xEE, masked[^1]);
        return new IPAddress(masked[..ClientAddress.Length]);
    }
}
