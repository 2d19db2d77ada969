namespace Cassandra;

/// <summary>A keyspace's replication.</summary>
public class KeyspaceMetadata
{
    internal KeyspaceMetadata(string name, bool durableWrites, string strategyClass, IDictionary<string, int> replication) =>
        (Name, DurableWrites, StrategyClass, Replication) = (name, durableWrites, strategyClass, replication);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether writes go to the commit log.</summary>
    public bool DurableWrites { get; }

    /// <summary>The strategy's name without its package, such as NetworkTopologyStrategy.</summary>
    public string StrategyClass { get; }

    /// <summary>Replicas by data centre; those of SimpleStrategy by "replication_factor".</summary>
    public IDictionary<string, int> Replication { get; }

    /// <summary>Reads a row's replication column, whose map has the strategy under "class".</summary>
    internal static KeyspaceMetadata Of(string name, bool durableWrites, IReadOnlyDictionary<string, string> options)
    {
        var strategy = options.GetValueOrDefault("class", "");
        var replication = new Dictionary<string, int>();
        foreach (var (key, value) in options)
        {
            // Transient replication has the form 3/1: replicas, and how many of them are transient.
            if (key != "class" && int.TryParse(value.Split('/')[0], out var replicas)) replication[key] = replicas;
        }

        return new KeyspaceMetadata(name, durableWrites, strategy[(strategy.LastIndexOf('.') + 1)..], replication);
    }
}
