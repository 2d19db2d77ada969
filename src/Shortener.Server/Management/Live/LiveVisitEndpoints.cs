using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Shortener.Core;
using Shortener.Core.Access;
using Shortener.Core.Links;
using Shortener.Core.Visits.Live;
using Shortener.Server.Access;
using Shortener.Server.Problems;
using Shortener.Server.Telemetry;

namespace Shortener.Server.Management.Live;

/// <summary>
/// Visits as they come, as server-sent events (WHATWG HTML, section 9.2): <c>visit</c> with a <see cref="LiveVisitBody"/>, and
/// <c>ping</c> at the begin and wherever none came for a while, so that both sides notice when the other one is gone.
/// </summary>
public sealed class LiveVisitEndpoints(
    LinkService links, LiveVisits live, AccessService access, VisitOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>
    /// The longest that a feed goes on, in seconds. Who follows for longer connects again, as browsers do by themselves.
    /// </summary>
    public const int MaxSeconds = 3_600;

    /// <summary>How often who follows is told that the feed goes on, and whether the key still opens it is looked at.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    /// <summary>Sends the visits of a link, or of all of the owner's.</summary>
    /// <param name="context">The call.</param>
    /// <param name="alias">Of which link; null: of all.</param>
    public async Task<IResult> FollowAsync(HttpContext context, string? alias)
    {
        var query = new QueryFields(context.Request.Query);
        var seconds = query.Number("seconds", MaxSeconds, 1, MaxSeconds);
        query.RefuseUnknown();
        if (query.Errors.Count > 0) return LinkEndpoints.Invalid(query.Errors);
        var caller = context.Caller().AsLinkCaller;
        if (alias is not null && await links.FindAsync(caller, alias, context.RequestAborted) is null)
            return Answer.Problem(ProblemType.NotFound);
        // A feed without visits would say that nobody comes.
        if (!options.Enabled) return Answer.Problem(ProblemType.VisitsNotCounted);
        if (live.TryOpen(new LiveTopic(caller.Owner, alias)) is not { } feed)
            return Answer.Problem(ProblemType.TooManyFeeds) with { RetryAfter = (int)PingInterval.TotalSeconds };
        // Also where the events are never asked for: a feed that stayed open would take the place of another.
        context.Response.RegisterForDispose(feed);
        return TypedResults.ServerSentEvents(EventsAsync(feed, context.Caller(), TimeSpan.FromSeconds(seconds), context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(
        LiveFeed feed, ApiCaller caller, TimeSpan length, [EnumeratorCancellation] CancellationToken aborted)
    {
        var end = time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        Task? coming = null;
        var checkedAt = time.GetTimestamp();
        yield return Ping;
        while (time.GetElapsedTime(time.GetTimestamp(), end) is { Ticks: > 0 } left)
        {
            if (time.GetElapsedTime(checkedAt) >= PingInterval)
            {
                if (!await IsStillAllowedAsync(caller, ended.Token)) yield break;
                checkedAt = time.GetTimestamp();
            }

            // A timer counts whole milliseconds.
            var rest = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            if (feed.TryRead() is { } visit)
            {
                coming = null;
                yield return EventOf(visit);
                continue;
            }

            // One for all pings until a visit comes.
            coming ??= feed.WaitAsync(ended.Token);
            if (await WaitAsync(coming, rest < PingInterval ? rest : PingInterval, ended.Token) is not { } hasCome) yield break;
            if (!hasCome && rest > PingInterval) yield return Ping;
        }
    }

    /// <summary>Whether a visit came; null: the visitor, or the service, is about to go.</summary>
    private async Task<bool?> WaitAsync(Task coming, TimeSpan longest, CancellationToken ended)
    {
        try
        {
            await coming.WaitAsync(longest, time, ended);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<bool> IsStillAllowedAsync(ApiCaller caller, CancellationToken ended)
    {
        try
        {
            return await access.AuthenticateAsync(caller.Text, ended) is not null;
        }
        catch (StoreException)
        {
            // That nobody can say closes no feed; it is asked again.
            return true;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
    }

    private static SseItem<string> Ping => new("", "ping");

    private static SseItem<string> EventOf(LiveVisit visit) =>
        new(JsonSerializer.Serialize(LiveVisitBody.From(visit), ApiJson.Default.LiveVisitBody), "visit");
}
