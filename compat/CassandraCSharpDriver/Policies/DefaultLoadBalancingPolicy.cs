namespace Cassandra;

/// <summary>Replicas of the local data centre first, then its other hosts; no other data centre.</summary>
public class DefaultLoadBalancingPolicy : ILoadBalancingPolicy
{
    private readonly TokenAwarePolicy _policy;

    /// <summary>With the name of the local data centre.</summary>
    public DefaultLoadBalancingPolicy(string localDc) => _policy = new TokenAwarePolicy(new DCAwareRoundRobinPolicy(localDc));

    /// <inheritdoc/>
    public void Initialize(ICluster cluster) => _policy.Initialize(cluster);

    /// <inheritdoc/>
    public HostDistance Distance(Host host) => _policy.Distance(host);

    /// <inheritdoc/>
    public IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query) => _policy.NewQueryPlan(keyspace, query);
}
