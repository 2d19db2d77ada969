using Cassandra.Protocol;
using Cassandra.Types;

namespace Cassandra;

/// <summary>The columns of a result, or the variables of a prepared statement.</summary>
public class RowSetMetadata
{
    private const int GlobalTable = 1, HasMorePages = 2, NoMetadata = 4;

    internal RowSetMetadata(CqlColumn[] columns)
    {
        Columns = columns;
        ColumnIndexes = new Dictionary<string, int>(columns.Length);
        foreach (var column in columns) ColumnIndexes.TryAdd(column.Name, column.Index);
    }

    /// <summary>Places by name; the first where a name comes twice.</summary>
    public Dictionary<string, int> ColumnIndexes { get; }

    /// <summary>The columns in order.</summary>
    public CqlColumn[] Columns { get; }

    /// <summary>Reads the metadata of a Rows result; an empty paging state is null.</summary>
    internal static RowSetMetadata ReadRows(ref BodyReader body, out byte[]? pagingState)
    {
        var flags = body.Int();
        var count = body.Int();
        pagingState = (flags & HasMorePages) != 0 ? body.Bytes() : null;
        if ((flags & NoMetadata) != 0) throw new MalformedFrameException("rows without metadata, which were not asked for");
        return new RowSetMetadata(ReadColumns(ref body, flags, count));
    }

    /// <summary>Reads the variables of a Prepared result, with the places of the partition key's parts among them.</summary>
    internal static RowSetMetadata ReadVariables(ref BodyReader body, out int[] partitionKey)
    {
        var flags = body.Int();
        var count = body.Int();
        partitionKey = new int[body.Count(body.Int(), 2)];
        for (var i = 0; i < partitionKey.Length; i++) partitionKey[i] = body.Short();
        var variables = new RowSetMetadata(ReadColumns(ref body, flags, count));
        if (Array.Exists(partitionKey, place => place >= variables.Columns.Length))
            throw new MalformedFrameException("a partition key of variables that are not there");
        return variables;
    }

    private static CqlColumn[] ReadColumns(ref BodyReader body, int flags, int count)
    {
        var global = (flags & GlobalTable) != 0 && count > 0;
        var keyspace = global ? body.String() : "";
        var table = global ? body.String() : "";
        var columns = new CqlColumn[body.Count(count, 4)];
        for (var i = 0; i < columns.Length; i++)
        {
            if (!global) (keyspace, table) = (body.String(), body.String());
            var name = body.String();
            var type = CqlType.Read(ref body);
            columns[i] = new CqlColumn
            {
                Keyspace = keyspace, Table = table, Name = name, Index = i, TypeCode = type.Code, Codec = type.Codec, Type = type.Codec.ClrType,
            };
        }

        return columns;
    }
}
