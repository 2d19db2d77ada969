using System.Net;
using Cassandra;

namespace Shortener.Tests.Compat.Cassandra;

/// <summary>The Cassandra node that SHORTENER_TEST_CASSANDRA (host:port) names; tests that need it are skipped where it is unset.</summary>
internal static class TestServer
{
    /// <summary>A builder with the node as its contact point and time-outs that a busy machine keeps.</summary>
    public static Builder Builder() => Cluster.Builder()
        .AddContactPoint(EndPoint)
        .WithApplicationName("Shortener tests")
        .WithLoadBalancingPolicy(new TokenAwarePolicy(new DCAwareRoundRobinPolicy("dc1")))
        .WithSocketOptions(new SocketOptions().SetConnectTimeoutMillis(20_000).SetReadTimeoutMillis(20_000));

    public static IPEndPoint EndPoint
    {
        get
        {
            var setting = Environment.GetEnvironmentVariable("SHORTENER_TEST_CASSANDRA");
            Assert.SkipWhen(string.IsNullOrEmpty(setting), "SHORTENER_TEST_CASSANDRA names no Cassandra node (host:port).");
            return IPEndPoint.Parse(setting!);
        }
    }
}
