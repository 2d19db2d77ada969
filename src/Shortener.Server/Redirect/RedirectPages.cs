using System.Net;
using System.Text;
using Shortener.Core;
using Shortener.Core.Destinations;
using Shortener.Core.Links;
using Shortener.Server.Problems;

namespace Shortener.Server.Redirect;

/// <summary>
/// What visitors see where there is nothing to follow: a short page for browsers, problem details for programs. Never cached:
/// the alias may lead somewhere a moment later.
/// </summary>
public sealed class RedirectPages(RedirectOptions options, RedirectCounters counters, FailureAnswers failures)
{
    /// <summary>Where unknown aliases lead, as the URL standard writes it, in ASCII; null: nowhere.</summary>
    private readonly string? _defaultUrl =
        DestinationUrl.TryParse(options.DefaultUrl, out var url) == DestinationError.None ? url!.Href : null;

    /// <summary>An alias that is unknown, expired or switched off.</summary>
    public Task NotFollowedAsync(HttpContext context, Resolution resolution)
    {
        switch (resolution)
        {
            case Resolution.Expired:
                counters.Expired.Increment();
                return options.ExpiredStatus == StatusCodes.Status410Gone
                    ? WriteAsync(context, Answer.Problem(ProblemType.LinkExpired), "This link has expired", "Ask whoever gave it to you for a new one.")
                    : UnknownAsync(context);
            case Resolution.Disabled:
                counters.Disabled.Increment();
                return UnknownAsync(context);
            default:
                counters.Unknown.Increment();
                return _defaultUrl is not null ? ToDefaultPage(context) : UnknownAsync(context);
        }
    }

    /// <summary>A path that can be no alias.</summary>
    public Task NoAliasAsync(HttpContext context) =>
        _defaultUrl is not null ? ToDefaultPage(context) : UnknownAsync(context);

    /// <summary>
    /// Whether a request follows what its path names. Methods are case-sensitive (RFC 9110, section 9.1): <c>get</c> is none.
    /// </summary>
    public static bool IsVisit(HttpRequest request) => request.Method is "GET" or "HEAD";

    /// <summary>The front page.</summary>
    public Task FrontAsync(HttpContext context) =>
        // Routing takes methods whatever their case.
        !IsVisit(context.Request) ? MethodNotAllowedAsync(context)
        : _defaultUrl is not null
            ? ToDefaultPage(context)
            : new Answer(StatusCodes.Status200OK, "text/html; charset=utf-8", Page(
                "Short links live here", "Follow one, or make some: the API is described under", "/docs")).ExecuteAsync(context);

    /// <summary>A method that visits nothing.</summary>
    public Task MethodNotAllowedAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD";
        return Answer.Problem(ProblemType.MethodNotAllowed).ExecuteAsync(context);
    }

    /// <summary>A client that asked for too many unknown aliases.</summary>
    public Task TooManyAsync(HttpContext context, int retryAfter) =>
        WriteAsync(
            context, Answer.Problem(ProblemType.RateLimited) with { RetryAfter = retryAfter },
            "Too many requests", "Many links that do not exist were asked for from your network. Try again in a minute.");

    /// <summary>What a look-up comes to; null where the store could not say, which the visitor has then been told.</summary>
    public async ValueTask<ResolvedLink?> OrUnavailableAsync(HttpContext context, ValueTask<ResolvedLink> lookUp)
    {
        try
        {
            return await lookUp;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
            return null;
        }
        catch (Exception failure) when (failure is StoreException or TimeoutException)
        {
            counters.Failed.Increment();
            await WriteAsync(context, failures.For(failure, context), "This link cannot be looked up now", "Try again in a moment.");
            return null;
        }
    }

    private static Task UnknownAsync(HttpContext context) =>
        WriteAsync(
            context, Answer.Problem(ProblemType.NotFound), "There is no such link",
            "It may be mistyped or gone. Capital and small letters make a difference.");

    private Task ToDefaultPage(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = _defaultUrl;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, Answer answer, string title, string text)
    {
        context.Response.Headers.Vary = "Accept";
        var wantsPage = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        return (wantsPage ? answer with { ContentType = "text/html; charset=utf-8", Body = Page(title, text) } : answer)
            .ExecuteAsync(context);
    }

    private static byte[] Page(string title, string text, string? path = null) => Encoding.UTF8.GetBytes(
        $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{{WebUtility.HtmlEncode(title)}}</title>
        <style>
          :root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif }
          body { min-height: 90vh; margin: 0 auto; max-width: 32rem; padding: 1.5rem; display: grid; align-content: center }
          h1 { font-size: 1.6rem; margin: 0 }
          p { margin: .5rem 0; opacity: .8 }
        </style>
        <h1>{{WebUtility.HtmlEncode(title)}}</h1>
        <p>{{WebUtility.HtmlEncode(text)}}{{(path is null ? "" : $" <a href=\"{path}\">{path}</a>.")}}</p>
        </html>
        """);
}
