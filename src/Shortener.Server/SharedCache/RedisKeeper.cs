using Shortener.Core.Links;
using Shortener.Server.Observability;
using Shortener.Storage.Redis;

namespace Shortener.Server.SharedCache;

/// <summary>
/// Keeps the connection to Redis, hands the changes of other processes to the resolver, tries changes again that Redis has not
/// taken, and passes visits on that others follow.
/// </summary>
public sealed partial class RedisKeeper : BackgroundService
{
    private readonly RedisConnection _redis;
    private readonly LinkCache _links;
    private readonly SharedFeeds _feeds;
    private readonly ILogger<RedisKeeper> _logger;
    private bool _isUp;
    private bool _isToldDown;

    /// <summary>Registers what it measures.</summary>
    public RedisKeeper(
        RedisConnection redis, LinkCache links, SharedFeeds feeds, LinkResolver resolver, ServiceMetrics metrics, ILogger<RedisKeeper> logger)
    {
        (_redis, _links, _feeds, _logger) = (redis, links, feeds, logger);
        links.Changed += resolver.Forget;
        redis.Changed += Tell;
        var meter = metrics.Meter;
        meter.CreateObservableCounter(
            "redis_lookups_total", 
            () => new[] { ServiceMetrics.With("result", "hit", links.Hits), ServiceMetrics.With("result", "miss", links.Misses) },
            description: "Look-ups by whether Redis answered them");
        meter.CreateObservableCounter(
            "redis_refused_fills_total", () => links.RefusedFills,
            description: "Answers of the store not kept because the link had changed, or late");
        meter.CreateObservableCounter(
            "redis_failures_total", () => redis.Failures, description: "Calls that failed or came too late");
        meter.CreateObservableGauge(
            "redis_up", () => redis.IsUp ? 1 : 0, description: "1: Redis is asked; 0: the breaker is open");
        meter.CreateObservableGauge(
            "redis_pending_changes", () => links.PendingChanges, description: "Changes that Redis has not taken yet");
        meter.CreateObservableCounter(
            "redis_lost_changes_total", () => links.LostChanges,
            description: "Changes that Redis did not take and that found no room to wait");
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_redis.RunAsync(stoppingToken), _links.RunAsync(stoppingToken), _feeds.RunAsync(stoppingToken));

    /// <summary>Once a change: a try a second would fill the log.</summary>
    private void Tell(bool isUp, Exception? reason)
    {
        if (isUp == _isUp && (isUp || _isToldDown)) return;
        (_isUp, _isToldDown) = (isUp, !isUp);
        if (isUp) LogUp();
        else LogDown(reason?.Message ?? "too many calls failed");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers: links are looked up there first")]
    private partial void LogUp();

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Redis is down ({Reason}): links are looked up in the store; a try a second to reach it")]
    private partial void LogDown(string reason);
}
