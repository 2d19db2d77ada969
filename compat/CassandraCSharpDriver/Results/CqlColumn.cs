namespace Cassandra;

/// <summary>A column with its place and the type that its values are read as by default.</summary>
public class CqlColumn : ColumnDesc
{
    /// <summary>Its place, from 0 on.</summary>
    public int Index { get; set; }

    /// <summary>What its values are unless asked for as something else.</summary>
    public Type Type { get; set; } = typeof(object);
}
