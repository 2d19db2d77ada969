using System.Net;
using Shortener.Server.RateLimits;

namespace Shortener.Tests.Server.RateLimits;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%1", "fe80::/64")]
    public void A_client_is_its_ipv4_address_or_its_ipv6_network(string address, string network) =>
        Assert.Equal(network, ClientNetwork.Of(IPAddress.Parse(address)));
}
