using System.Net;

namespace Cassandra;

/// <summary>Replicas answered a read with failures (error 0x1300).</summary>
public class ReadFailureException : ReplicaFailureException
{
    /// <summary>With what the coordinator sent.</summary>
    public ReadFailureException(ConsistencyLevel consistency, int received, int required, bool dataPresent, int failures)
        : base("Read", consistency, received, required, failures, null) =>
        WasDataRetrieved = dataPresent;

    /// <summary>With the replicas that failed and their reason codes.</summary>
    public ReadFailureException(
        ConsistencyLevel consistency, int received, int required, bool dataPresent, IDictionary<IPAddress, int> reasons)
        : base("Read", consistency, received, required, reasons.Count, reasons) =>
        WasDataRetrieved = dataPresent;

    /// <summary>Whether the replica that was asked for the data itself answered.</summary>
    public bool WasDataRetrieved { get; }
}
