namespace Cassandra;

/// <summary>The keyspace or table to create is there already (error 0x2400).</summary>
public class AlreadyExistsException : QueryValidationException
{
    /// <summary>With an empty <paramref name="table"/> where a keyspace was to be created.</summary>
    public AlreadyExistsException(string keyspace, string table)
        : base(table.Length == 0 ? $"Keyspace {keyspace} already exists" : $"Table {keyspace}.{table} already exists") =>
        (Keyspace, Table) = (keyspace, table);

    /// <summary>The keyspace.</summary>
    public string Keyspace { get; }

    /// <summary>The table; empty where a keyspace was to be created.</summary>
    public string Table { get; }

    /// <summary>Whether a table was to be created, not a keyspace.</summary>
    public bool WasTableCreation => Table.Length > 0;
}
