namespace Cassandra.Sessions;

/// <summary>The hosts for one request, each handed out once: those that are up in the policy's order, then the others.</summary>
internal sealed class QueryPlan
{
    private readonly Lock _lock = new();
    private readonly Queue<Host> _hosts = new();

    public QueryPlan(IEnumerable<Host> hosts)
    {
        var down = new List<Host>();
        foreach (var host in hosts)
        {
            if (host.IsUp)
                _hosts.Enqueue(host);
            else
                down.Add(host);
        }

        foreach (var host in down) _hosts.Enqueue(host);
    }

    public Host? Next()
    {
        lock (_lock) return _hosts.TryDequeue(out var host) ? host : null;
    }
}
