using System.Net;

namespace Cassandra;

/// <summary>Replicas answered with failures; what reads and writes share.</summary>
public abstract class ReplicaFailureException : QueryExecutionException
{
    private protected ReplicaFailureException(
        string operation, ConsistencyLevel consistency, int received, int required, int failures,
        IDictionary<IPAddress, int>? reasons)
        : base($"{operation} failed at consistency {consistency}: {failures} replicas failed, {received} of {required} answered") =>
        (ConsistencyLevel, ReceivedAcknowledgements, RequiredAcknowledgements, Failures, Reasons) =
        (consistency, received, required, failures, reasons ?? new Dictionary<IPAddress, int>());

    /// <summary>The level that was asked for.</summary>
    public ConsistencyLevel ConsistencyLevel { get; }

    /// <summary>How many replicas answered.</summary>
    public int ReceivedAcknowledgements { get; }

    /// <summary>How many had to.</summary>
    public int RequiredAcknowledgements { get; }

    /// <summary>How many failed.</summary>
    public int Failures { get; }

    /// <summary>A reason code for each replica that failed; protocol version 4 sends none.</summary>
    public IDictionary<IPAddress, int> Reasons { get; }
}
