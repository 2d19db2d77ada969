namespace Cassandra;

/// <summary>A read timed out at the coordinator (error 0x1200).</summary>
public class ReadTimeoutException : QueryTimeoutException
{
    /// <summary>With what the coordinator sent.</summary>
    public ReadTimeoutException(ConsistencyLevel consistency, int received, int required, bool dataPresent)
        : base(
            $"Read timed out at consistency {consistency}: {received} of {required} replicas answered, " +
            (dataPresent ? "one with the data" : "none with the data"),
            consistency, received, required) =>
        WasDataRetrieved = dataPresent;

    /// <summary>Whether the replica that was asked for the data itself answered.</summary>
    public bool WasDataRetrieved { get; }
}
