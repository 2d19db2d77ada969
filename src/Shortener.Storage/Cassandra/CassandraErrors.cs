using System.Net.Sockets;
using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>Says in the store's terms what an error of the driver means.</summary>
internal static class CassandraErrors
{
    /// <param name="error">What the driver threw.</param>
    /// <param name="mayHaveWritten">Whether the request was one that leaves something open where it was begun and not answered.</param>
    /// <returns>Null: a defect of this program, such as a statement that Cassandra cannot parse.</returns>
    public static StoreException? Translate(Exception error, bool mayHaveWritten) => error switch
    {
        // The driver never sends anew what is not idempotent and may have begun: no node has taken the request.
        NoHostAvailableException or BusyPoolException or IsBootstrappingException or ObjectDisposedException => Unavailable(error),
        AuthenticationException or UnauthorizedException => new(
            StoreFailure.Unavailable, $"Cassandra refuses this user ({error.Message}): correct its name, password or permissions.", error),
        // Too few replicas may also be met at the end of a conditional write, when others have agreed on it already.
        UnavailableException or OverloadedException or ServerErrorException or TruncateException or ReadTimeoutException
            or ReadFailureException or WriteTimeoutException or WriteFailureException or OperationTimedOutException or SocketException =>
            mayHaveWritten ? UnknownOutcome(error) : Unavailable(error),
        _ => null,
    };

    /// <summary>What was asked for may have been done or not, and nobody could be asked which.</summary>
    public static StoreException UnknownOutcome(Exception error) =>
        new(StoreFailure.UnknownOutcome, $"Cassandra did not say in time what became of a write ({error.Message}).", error);

    private static StoreException Unavailable(Exception error) =>
        new(StoreFailure.Unavailable, $"Cassandra cannot be used now ({error.Message}).", error);
}
