using System.Net;
using Shortener.Core.RateLimits;

namespace Shortener.Server.RateLimits;

/// <summary>
/// Bounds how many unknown aliases a client network may ask for in a window. Known links in memory are followed whatever the
/// count; only look-ups are refused. Each process counts for itself, as each has its own memory and its own look-ups to bound.
/// </summary>
public sealed class ScannerLimiter(RateLimitOptions options, TimeProvider time)
{
    private readonly WindowCounter _unknown = new(options.UnknownAliases, options.Window, time);
    private long _rejected;

    /// <summary>Visits refused since the start.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Whether a look-up for <paramref name="client"/> is allowed; else when to come back.</summary>
    public bool Allows(IPAddress? client, out int retryAfterSeconds)
    {
        var state = _unknown.Peek(ClientNetwork.Of(client));
        retryAfterSeconds = RateLimitRegistration.SecondsUntil(state.Reset);
        if (!state.IsAllowed) Interlocked.Increment(ref _rejected);
        return state.IsAllowed;
    }

    /// <summary>Counts an alias that turned out to be unknown.</summary>
    public void CountUnknown(IPAddress? client) => _unknown.Acquire(ClientNetwork.Of(client));
}
