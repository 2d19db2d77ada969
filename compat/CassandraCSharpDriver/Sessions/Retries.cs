using System.Net.Sockets;

namespace Cassandra.Sessions;

/// <summary>Decides what follows an error: what is safe first, then the retry policy.</summary>
internal static class Retries
{
    private static readonly DefaultRetryPolicy Default = new();

    /// <summary>Whether another host may do better with something that may be done twice.</summary>
    public static bool IsHostsOwn(Exception exception) => exception is SocketException or OperationTimedOutException or BusyPoolException
        or OverloadedException or IsBootstrappingException or ServerErrorException or AuthenticationException;

    /// <summary>What to do.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="wasWritten">Whether the server may have the request.</param>
    /// <param name="isIdempotent">Whether it may be done twice.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="configuration">Settings and policies.</param>
    /// <param name="retries">How often it was sent again already.</param>
    public static RetryDecision Decide(
        Exception exception, bool wasWritten, bool isIdempotent, IStatement statement, Configuration configuration, int retries)
    {
        // No server can have begun it: the next host is always right.
        if (exception is IsBootstrappingException or BusyPoolException) return RetryDecision.Retry(null, false);
        if (!wasWritten && exception is (SocketException or OperationTimedOutException)) return RetryDecision.Retry(null, false);
        if (!isIdempotent) return RetryDecision.Rethrow();
        var policy = statement.RetryPolicy ?? configuration.Policies.RetryPolicy;
        return exception switch
        {
            UnavailableException unavailable => policy.OnUnavailable(
                statement, unavailable.Consistency, unavailable.RequiredReplicas, unavailable.AliveReplicas, retries),
            ReadTimeoutException read => policy.OnReadTimeout(
                statement, read.ConsistencyLevel, read.RequiredAcknowledgements, read.ReceivedAcknowledgements, read.WasDataRetrieved, retries),
            WriteTimeoutException write => policy.OnWriteTimeout(
                statement, write.ConsistencyLevel, write.WriteType, write.RequiredAcknowledgements, write.ReceivedAcknowledgements, retries),
            SocketException or OperationTimedOutException or OverloadedException or TruncateException or ServerErrorException =>
                (policy as IExtendedRetryPolicy ?? Default).OnRequestError(statement, configuration, exception, retries),
            _ => RetryDecision.Rethrow(),
        };
    }
}
