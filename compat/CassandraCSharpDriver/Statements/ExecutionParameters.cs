using Cassandra.Protocol;

namespace Cassandra;

/// <summary>A statement's settings with the cluster's defaults filled in, as they are sent.</summary>
internal sealed record ExecutionParameters(
    ConsistencyLevel Consistency, ConsistencyLevel SerialConsistency, int PageSize, byte[]? PagingState, DateTimeOffset? Timestamp)
{
    [Flags]
    private enum Flag : byte
    {
        Values = 0x01,
        PageSize = 0x04,
        PagingState = 0x08,
        SerialConsistency = 0x10,
        Timestamp = 0x20,
        ValueNames = 0x40,
    }

    public static ExecutionParameters Of(IStatement statement, QueryOptions options) => new(
        statement.ConsistencyLevel ?? options.GetConsistencyLevel(),
        statement.SerialConsistencyLevel == ConsistencyLevel.Any ? options.GetSerialConsistencyLevel() : statement.SerialConsistencyLevel,
        statement.PageSize == 0 ? options.GetPageSize() : statement.PageSize,
        statement.PagingState,
        statement.Timestamp);

    /// <summary>The &lt;query_parameters&gt; of QUERY and EXECUTE (section 4.1.4 of the protocol specification).</summary>
    public void WriteForQuery(BodyWriter body, int values, bool named, Action<BodyWriter> writeValues)
    {
        body.Consistency(Consistency);
        var flags = Flag.SerialConsistency;
        if (values > 0) flags |= Flag.Values;
        if (values > 0 && named) flags |= Flag.ValueNames;
        if (PageSize > 0) flags |= Flag.PageSize;
        if (PagingState is not null) flags |= Flag.PagingState;
        if (Timestamp is not null) flags |= Flag.Timestamp;
        body.Byte((byte)flags);
        if (values > 0)
        {
            body.Short(values);
            writeValues(body);
        }

        if (PageSize > 0) body.Int(PageSize);
        if (PagingState is not null) body.Bytes(PagingState);
        WriteEnd(body);
    }

    /// <summary>What follows the statements of a BATCH (section 4.1.7).</summary>
    public void WriteForBatch(BodyWriter body)
    {
        body.Consistency(Consistency);
        body.Byte((byte)(Timestamp is null ? Flag.SerialConsistency : Flag.SerialConsistency | Flag.Timestamp));
        WriteEnd(body);
    }

    private void WriteEnd(BodyWriter body)
    {
        body.Consistency(SerialConsistency);
        // In microseconds since 1970.
        if (Timestamp is { } time) body.Long((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
    }
}
