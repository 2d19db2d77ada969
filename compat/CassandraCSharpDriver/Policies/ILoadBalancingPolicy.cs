namespace Cassandra;

/// <summary>Decides which hosts are used, and in which order for a request. Called from many threads at once.</summary>
public interface ILoadBalancingPolicy
{
    /// <summary>Called once, when the cluster's hosts are known.</summary>
    void Initialize(ICluster cluster);

    /// <summary>How far the host is; decides whether there are connections to it.</summary>
    HostDistance Distance(Host host);

    /// <summary>The hosts to try, best first. Hosts that are down may be among them: they are tried last.</summary>
    /// <param name="keyspace">The session's keyspace.</param>
    /// <param name="query">The statement; null for requests of the driver itself.</param>
    IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query);
}
