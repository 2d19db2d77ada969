namespace Shortener.Core.RateLimits;

/// <summary>How a limit stands after, or without, counting a request.</summary>
/// <param name="IsAllowed">Whether the request is within the limit.</param>
/// <param name="Limit">Requests a window.</param>
/// <param name="Remaining">Requests left in the window.</param>
/// <param name="Reset">Time until the next window.</param>
public readonly record struct LimitState(bool IsAllowed, int Limit, int Remaining, TimeSpan Reset);

/// <summary>
/// A limit on requests by partition in windows: <see cref="WindowCounter"/> counts those of this process, the other
/// implementation those of all processes. For any number of callers at once.
/// </summary>
public interface IRequestLimit
{
    /// <summary>
    /// Counts a request of <paramref name="partition"/> if it is within the limit; one that is refused is not counted. Never
    /// blocks and never throws: where a count cannot be had from elsewhere, it is this process's own.
    /// </summary>
    ValueTask<LimitState> AcquireAsync(string partition);
}
