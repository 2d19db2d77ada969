using Shortener.Core.Caching;

namespace Shortener.Core.Visits.Live;

/// <summary>
/// A topic that somebody follows. Of its visits so many a second are told as a person, or a page, can take in; the others are
/// counted, and cost a redirect no more than that.
/// </summary>
internal sealed class WantedTopic(LiveTopic topic)
{
    /// <summary>The most visits a second that one process tells.</summary>
    public const int MaxPerSecond = 100;

    /// <summary>The second in the upper bits, and below it how many visits of it were told.</summary>
    private const int CountBits = 16;

    private readonly StripedCounter _leftOut = new();
    private long _window;
    private long _leftOutTold;

    public LiveTopic Topic => topic;

    /// <summary>Takes a place among those of this second; false: it is full, or just being taken by others.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds() << CountBits;
        var window = Volatile.Read(ref _window);
        var next = window >= second ? window + 1 : second + 1;
        if ((next & ((1 << CountBits) - 1)) <= MaxPerSecond && Interlocked.CompareExchange(ref _window, next, window) == window)
            return true;
        LeaveOut();
        return false;
    }

    public void LeaveOut() => _leftOut.Increment();

    /// <summary>How many were left out since it was asked last. One caller at a time.</summary>
    public long TakeLeftOut()
    {
        var (all, told) = (_leftOut.Value, _leftOutTold);
        _leftOutTold = all;
        return all - told;
    }
}
