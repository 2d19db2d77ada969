using Cassandra;

namespace Shortener.Storage.Cassandra;

/// <summary>Asks the node with the lowest address, the others only where that one cannot be reached.</summary>
internal sealed class LowestAddressPolicy : ILoadBalancingPolicy
{
    private ICluster? _cluster;

    public void Initialize(ICluster cluster) => _cluster = cluster;

    public HostDistance Distance(Host host) => HostDistance.Local;

    public IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query) =>
        _cluster!.AllHosts().OrderBy(host => host.Address.ToString(), StringComparer.Ordinal);
}
