using Cassandra.Types;

namespace Cassandra;

/// <summary>A column of a result, or a variable of a prepared statement.</summary>
public class ColumnDesc
{
    /// <summary>The keyspace of its table.</summary>
    public string Keyspace { get; set; } = "";

    /// <summary>Its name, or the variable's.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its table.</summary>
    public string Table { get; set; } = "";

    /// <summary>Its type in CQL.</summary>
    public ColumnTypeCode TypeCode { get; set; }

    internal Codec Codec { get; init; } = Scalars.Blob;
}
