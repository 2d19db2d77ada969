using System.Net;
using Cassandra;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>Asks one node and no other.</summary>
internal sealed class OneNodePolicy(IPEndPoint node) : ILoadBalancingPolicy
{
    private ICluster? _cluster;

    public void Initialize(ICluster cluster) => _cluster = cluster;

    public HostDistance Distance(Host host) => host.Address.Equals(node) ? HostDistance.Local : HostDistance.Ignored;

    public IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query) =>
        _cluster!.AllHosts().Where(host => host.Address.Equals(node));
}
