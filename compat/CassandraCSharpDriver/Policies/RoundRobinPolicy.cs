namespace Cassandra;

/// <summary>All hosts in turn, whatever their data centre.</summary>
public class RoundRobinPolicy : ILoadBalancingPolicy
{
    private ICluster? _cluster;
    private int _turn = Random.Shared.Next();

    /// <inheritdoc/>
    public void Initialize(ICluster cluster) => _cluster = cluster;

    /// <inheritdoc/>
    public HostDistance Distance(Host host) => HostDistance.Local;

    /// <inheritdoc/>
    public IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query) =>
        Turn.From([.. _cluster!.AllHosts()], Interlocked.Increment(ref _turn));
}
