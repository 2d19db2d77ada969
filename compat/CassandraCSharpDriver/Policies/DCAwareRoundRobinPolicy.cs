namespace Cassandra;

/// <summary>The hosts of the local data centre in turn, then some of each other one.</summary>
public class DCAwareRoundRobinPolicy : ILoadBalancingPolicy
{
    private ICluster? _cluster;
    private int _turn = Random.Shared.Next();

    /// <summary>The local data centre is that of the contact point which answered first.</summary>
    public DCAwareRoundRobinPolicy()
    {
    }

    /// <summary>With the name of the local data centre; no other is used.</summary>
    public DCAwareRoundRobinPolicy(string localDc)
        : this(localDc, 0)
    {
    }

    /// <summary>With the name of the local data centre, and how many hosts of each other one are used after its own.</summary>
    public DCAwareRoundRobinPolicy(string? localDc, int usedHostsPerRemoteDc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(usedHostsPerRemoteDc);
        if (localDc is "") throw new ArgumentException("A data centre without a name", nameof(localDc));
        (LocalDc, UsedHostsPerRemoteDc) = (localDc, usedHostsPerRemoteDc);
    }

    /// <summary>The local data centre; null until it is known.</summary>
    public string? LocalDc { get; private set; }

    /// <summary>How many hosts of each other data centre are used.</summary>
    public int UsedHostsPerRemoteDc { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No host is in the local data centre.</exception>
    public void Initialize(ICluster cluster)
    {
        _cluster = cluster;
        var known = cluster.AllHosts().Select(host => host.Datacenter).Distinct().ToList();
        LocalDc ??= known.FirstOrDefault();
        if (!known.Contains(LocalDc))
            throw new ArgumentException($"No host is in the local data centre {LocalDc}; there are {string.Join(", ", known)}");
    }

    /// <inheritdoc/>
    public HostDistance Distance(Host host)
    {
        if (host.Datacenter == LocalDc) return HostDistance.Local;
        return Remote(_cluster!.AllHosts()).Contains(host) ? HostDistance.Remote : HostDistance.Ignored;
    }

    /// <inheritdoc/>
    public IEnumerable<Host> NewQueryPlan(string? keyspace, IStatement? query)
    {
        var hosts = _cluster!.AllHosts();
        var turn = Interlocked.Increment(ref _turn);
        foreach (var host in Turn.From([.. hosts.Where(host => host.Datacenter == LocalDc)], turn)) yield return host;
        if (UsedHostsPerRemoteDc == 0) yield break;
        foreach (var host in Turn.From([.. Remote(hosts)], turn)) yield return host;
    }

    private IEnumerable<Host> Remote(ICollection<Host> hosts) => hosts.Where(host => host.Datacenter != LocalDc)
        .GroupBy(host => host.Datacenter).SelectMany(dc => dc.OrderBy(host => host.HostId).Take(UsedHostsPerRemoteDc));
}
