using Shortener.Core.RateLimits;

namespace Shortener.Storage.Redis;

/// <summary>How a limit is counted in Redis.</summary>
/// <param name="Prefix">What its keys begin with; other for each limit.</param>
/// <param name="Limit">Requests a window.</param>
/// <param name="Window">The length of a window, a second or more.</param>
/// <param name="Timeout">How long Redis may take to count.</param>
public sealed record SharedLimitSettings(string Prefix, int Limit, TimeSpan Window, TimeSpan Timeout);

/// <summary>
/// Counts the requests of all processes in Redis, each by one call on one key. While Redis cannot count, each process counts its
/// own. docs/decisions/0013 says what holds when clocks differ.
/// </summary>
public sealed class SharedLimit(RedisConnection redis, SharedLimitSettings settings, TimeProvider time) : IRequestLimit
{
    /// <summary>
    /// The caller's clock ARGV[2] and the window ARGV[3] are in milliseconds. A window ends when a clock reaches the end that is
    /// stored, not when a caller's own window does: who lags counts on in the window of who is ahead. The key outlives its window
    /// by a window, so that who lags by less never finds it gone; by Redis's clock, so that one that is days ahead is soon forgotten.
    /// </summary>
    private const string Script =
        """
        local limit, now, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local held = redis.call('HMGET', KEYS[1], 'count', 'reset')
        local count, reset = tonumber(held[1]), tonumber(held[2])
        if not count or not reset or now >= reset then
          reset = (math.floor(now / window) + 1) * window
          redis.call('HMSET', KEYS[1], 'count', 1, 'reset', string.format('%.0f', reset))
          redis.call('PEXPIRE', KEYS[1], string.format('%.0f', reset - now + window))
          return {1, limit - 1, reset - now}
        end
        if count >= limit then return {0, 0, reset - now} end
        redis.call('HINCRBY', KEYS[1], 'count', 1)
        return {1, limit - count - 1, reset - now}
        """;

    private readonly WindowCounter _own = new(settings.Limit, settings.Window, time);

    /// <inheritdoc/>
    public async ValueTask<LimitState> AcquireAsync(string partition)
    {
        var answer = await redis.CallAsync(
            async database => (long[])(await RedisScript.RunAsync(
                database, Script, settings.Prefix + partition, settings.Limit, time.GetUtcNow().ToUnixTimeMilliseconds(),
                (long)settings.Window.TotalMilliseconds))!,
            settings.Timeout);
        if (answer is not { IsAnswered: true, Value: [var isAllowed, var remaining, var reset] }) return _own.Acquire(partition);
        var state = new LimitState(isAllowed == 1, settings.Limit, (int)remaining, TimeSpan.FromMilliseconds(reset));
        // What was let in counts here too: should Redis go away, this process goes on from there.
        if (state.IsAllowed) _own.Acquire(partition);
        return state;
    }
}
