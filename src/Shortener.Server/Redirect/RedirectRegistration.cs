using Shortener.Core.Links;
using Shortener.Server.Problems;
using Shortener.Server.RateLimits;

namespace Shortener.Server.Redirect;

/// <summary>Redirects in the pipeline.</summary>
public static class RedirectRegistration
{
    /// <summary>Many times what a look-up takes, and little for a visitor.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Registers what redirects need beside the resolver.</summary>
    public static void AddRedirects(
        this WebApplicationBuilder builder, RedirectOptions redirect, RateLimitOptions limits, bool countsVisits)
    {
        if (countsVisits) builder.Services.AddSingleton<VisitCapture>();
        builder.Services.AddSingleton(redirect);
        builder.Services.AddSingleton<RedirectCounters>();
        builder.Services.AddSingleton<RedirectPages>();
        builder.Services.AddSingleton(services => new ScannerLimiter(limits, services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Registers the resolver with its memory. Who changes links needs it too: what is in memory forgets them at once.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="cache">What is kept in memory.</param>
    /// <param name="linksChangeElsewhere">Whether other processes change links as well.</param>
    public static void AddLinkResolver(this WebApplicationBuilder builder, CacheOptions cache, bool linksChangeElsewhere)
    {
        var lifetime = linksChangeElsewhere ? cache.SharedLifetime : cache.Lifetime;
        var missLifetime = linksChangeElsewhere && cache.SharedLifetime < cache.MissLifetime ? cache.SharedLifetime : cache.MissLifetime;
        builder.Services.AddSingleton(services => new LinkResolver(
            services.GetRequiredService<ILinkLookup>(),
            services.GetRequiredService<TimeProvider>(),
            new ResolverSettings(
                cache.Entries, cache.MissEntries, lifetime, missLifetime, cache.StaleLifetime, cache.LookupTimeout, Patience)));
    }

    /// <summary>The front page; and paths that nothing takes, outside the API, answered as an unknown link is.</summary>
    public static void UsePagesForUnknownPaths(this WebApplication app, Func<HttpContext, bool> isApiCall)
    {
        var pages = app.Services.GetRequiredService<RedirectPages>();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], pages.FrontAsync).ExcludeFromDescription();
        app.UseWhen(context => !isApiCall(context), visits => visits.UseStatusCodePages(status =>
            status.HttpContext.Response.StatusCode == StatusCodes.Status404NotFound
                ? pages.NoAliasAsync(status.HttpContext)
                : FailureAnswers.WriteForStatusAsync(status)));
    }
}
