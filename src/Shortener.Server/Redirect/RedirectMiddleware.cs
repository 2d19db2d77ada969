using System.Net;
using Shortener.Core.Links;
using Shortener.Server.RateLimits;

namespace Shortener.Server.Redirect;

/// <summary>
/// The redirect: first in the pipeline, ahead of routing. A link in memory is answered on the thread that read the request
/// from its socket and waits for nothing; everything else moves to the thread pool first, so that whatever it may wait for,
/// no other socket waits with it.
/// </summary>
public sealed class RedirectMiddleware(
    RequestDelegate next, LinkResolver resolver, RedirectPages pages, RedirectCounters counters, ScannerLimiter scanners,
    TimeProvider time, VisitCapture? visits = null)
{
    private const string NeverCached = "private, no-store";

    /// <summary>Answers visits; passes every other request on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // 1. The alias, by hand from the path: nonsense costs no look-up.
        if (!Alias.TryParsePath(context.Request.Path.Value, out var alias)) return PassOnAsync(context);

        // 2. Memory. Reserved words are never in it, so they need no check here.
        var now = time.GetUtcNow();
        if (!resolver.TryGetCached(alias, out var link) || link.At(now) != Resolution.Found
            || !RedirectPages.IsVisit(context.Request))
            return ResolveAsync(context, alias.ToString());

        // 3. The answer.
        Follow(context, alias, link, now);
        return Task.CompletedTask;
    }

    private async Task ResolveAsync(HttpContext context, string alias)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        // 4. Who guesses aliases is stopped before the store is asked.
        var client = context.Connection.RemoteIpAddress;
        await (ReservedAliases.Contains(alias) ? next(context)
            : !RedirectPages.IsVisit(context.Request) ? pages.MethodNotAllowedAsync(context)
            : !scanners.Allows(client, out var retryAfter) ? pages.TooManyAsync(context, retryAfter)
            : LookUpAsync(context, alias, client));
    }

    private async Task LookUpAsync(HttpContext context, string alias, IPAddress? client)
    {
        // 5. The store. That it cannot answer is never told as "not found".
        if (await pages.OrUnavailableAsync(context, resolver.ResolveAsync(alias, context.RequestAborted)) is not { } link) return;

        // 6. Expiry and state count whatever the source.
        var now = time.GetUtcNow();
        var resolution = link.At(now);
        if (resolution == Resolution.Unknown) scanners.CountUnknown(client);
        if (resolution == Resolution.Unknown) visits?.Unknown(context, link, now);
        if (resolution == Resolution.Found) Follow(context, alias, link, now);
        else await pages.NotFollowedAsync(context, resolution);
    }

    private void Follow(HttpContext context, ReadOnlySpan<char> alias, ResolvedLink link, DateTimeOffset now)
    {
        counters.Found.Increment();
        visits?.Followed(context, alias, link, now);
        var response = context.Response;
        response.StatusCode = link.Status;
        response.Headers.Location = link.Location;
        response.Headers.CacheControl = NeverCached;
        response.ContentLength = 0;
    }

    private async Task PassOnAsync(HttpContext context)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await next(context);
    }
}
