namespace Cassandra;

/// <summary>A statement that the servers have parsed. It can be bound by many callers at once.</summary>
public class PreparedStatement
{
    internal PreparedStatement(byte[] id, string query, RowSetMetadata variables, int[] partitionKey) =>
        (Id, QueryString, Variables, RoutingIndexes) = (id, query, variables, partitionKey);

    /// <summary>The CQL text.</summary>
    public string QueryString { get; }

    /// <summary>Its variables.</summary>
    public RowSetMetadata Variables { get; }

    /// <summary>The places of the partition key's columns among the variables; empty where not all are variables.</summary>
    public int[] RoutingIndexes { get; private set; }

    /// <summary>The level that statements bound from it begin with; null for the cluster's default.</summary>
    public ConsistencyLevel? ConsistencyLevel { get; private set; }

    /// <summary>What statements bound from it begin with; null for the cluster's default.</summary>
    public bool? IsIdempotent { get; private set; }

    /// <summary>How the servers call it: a hash of keyspace and text, the same on each.</summary>
    internal byte[] Id { get; }

    /// <summary>Values for its variables, in order. Those left out stay as they are (unset).</summary>
    /// <exception cref="ArgumentException">There are more values than variables.</exception>
    public BoundStatement Bind(params object?[] values) => new(this, values);

    /// <summary>Sets <see cref="ConsistencyLevel"/>.</summary>
    public PreparedStatement SetConsistencyLevel(ConsistencyLevel consistency)
    {
        ConsistencyLevel = consistency;
        return this;
    }

    /// <summary>Sets <see cref="IsIdempotent"/>.</summary>
    public PreparedStatement SetIdempotence(bool value)
    {
        IsIdempotent = value;
        return this;
    }

    /// <summary>Sets <see cref="RoutingIndexes"/> by the variables' names.</summary>
    public PreparedStatement SetRoutingNames(params string[] names)
    {
        RoutingIndexes = [.. names.Select(name => Variables.ColumnIndexes.TryGetValue(name, out var index)
            ? index
            : throw new ArgumentException($"There is no variable {name} in {QueryString}", nameof(names)))];
        return this;
    }

    /// <summary>The CQL text.</summary>
    public override string ToString() => QueryString;
}
