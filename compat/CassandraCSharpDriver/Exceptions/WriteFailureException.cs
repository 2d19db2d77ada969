using System.Net;

namespace Cassandra;

/// <summary>Replicas answered a write with failures (error 0x1500). It may be done on some.</summary>
public class WriteFailureException : ReplicaFailureException
{
    /// <summary>With what the coordinator sent.</summary>
    public WriteFailureException(ConsistencyLevel consistency, int received, int required, string writeType, int failures)
        : base("Write", consistency, received, required, failures, null) =>
        WriteType = writeType;

    /// <summary>With the replicas that failed and their reason codes.</summary>
    public WriteFailureException(
        ConsistencyLevel consistency, int received, int required, string writeType, IDictionary<IPAddress, int> reasons)
        : base("Write", consistency, received, required, reasons.Count, reasons) =>
        WriteType = writeType;

    /// <summary>SIMPLE, BATCH, UNLOGGED_BATCH, COUNTER, BATCH_LOG, CAS, VIEW or CDC.</summary>
    public string WriteType { get; }
}
