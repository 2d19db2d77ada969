using StackExchange.Redis;

namespace Shortener.Storage.Redis;

/// <summary>What the failures of calls say.</summary>
internal static class RedisErrors
{
    /// <summary>What Redis and the network do; everything else is a defect.</summary>
    public static bool IsExpected(Exception failure) => failure
        is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException
        or System.Net.Sockets.SocketException or IOException;

    /// <summary>
    /// Whether a failure says that the server is in trouble. A value of a foreign type is about one key alone, and a server
    /// whose memory is full still reads.
    /// </summary>
    public static bool IsSignOfTrouble(Exception? failure) =>
        failure is not null && !Says(failure, "WRONGTYPE") && !Says(failure, "OOM");

    /// <summary>Whether a write was sent to a replica.</summary>
    public static bool IsReadOnly(Exception failure) => Says(failure, "READONLY");

    /// <summary>Whether the server has forgotten a script.</summary>
    public static bool IsUnknownScript(Exception failure) => Says(failure, "NOSCRIPT");

    private static bool Says(Exception failure, string code) =>
        failure is RedisServerException && failure.Message.Contains(code, StringComparison.Ordinal);
}
