namespace Cassandra;

/// <summary>A write timed out at the coordinator (error 0x1100): it may be done, or be done later, or never.</summary>
public class WriteTimeoutException : QueryTimeoutException
{
    /// <summary>With what the coordinator sent.</summary>
    public WriteTimeoutException(ConsistencyLevel consistency, int received, int required, string writeType)
        : base(
            $"{writeType} write timed out at consistency {consistency}: {received} of {required} replicas answered",
            consistency, received, required) =>
        WriteType = writeType;

    /// <summary>SIMPLE, BATCH, UNLOGGED_BATCH, COUNTER, BATCH_LOG, CAS, VIEW or CDC.</summary>
    public string WriteType { get; }
}
