namespace Cassandra;

/// <summary>The local replicas of the statement's partition in turn, then the hosts of another policy.</summary>
public class TokenAwarePolicy : ILoadBalancingPolicy
{
    private ICluster? _cluster;
    private int _turn = Random.Shared.Next();

    /// <summary>With the policy that tells which hosts are local and what follows the replicas.</summary>
    public TokenAwarePolicy(ILoadBalancingPolicy childPolicy) => ChildPolicy = childPolicy;

    /// <summary>The policy that tells which hosts are local and what follows the replicas.</summary>
    public ILoadBalancingPolicy ChildPolicy { get; }

    /// <inheritdoc/>
    public void Initialize(ICluster cluster)
    {
        _cluster = cluster;
        ChildPolicy.Initialize(cluster);
    }

    /// <inheritdoc/>
    public HostDistance Distance(Host host) => ChildPolicy.Distance(host);

    /// <inheritdoc/>
    public IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query)
    {
        var rest = ChildPolicy.NewQueryPlan(keyspace, query);
        if (query?.RoutingKey is not { } key || (query.Keyspace ?? keyspace) is not { } routed) return rest;
        var replicas = _cluster!.GetReplicas(routed, key.RawRoutingKey).Where(host => Distance(host) == HostDistance.Local).ToArray();
        if (replicas.Length == 0) return rest;
        return Turn.From(replicas, Interlocked.Increment(ref _turn)).Concat(rest.Where(host => !replicas.Contains(host)));
    }
}
