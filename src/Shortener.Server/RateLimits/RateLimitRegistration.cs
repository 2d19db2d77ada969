using System.Threading.RateLimiting;
using Shortener.Server.Problems;

namespace Shortener.Server.RateLimits;

/// <summary>The limits of the API in the pipeline.</summary>
public static class RateLimitRegistration
{
    /// <summary>Registers the limits.</summary>
    public static void AddRateLimits(this WebApplicationBuilder builder, RateLimitOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ApiRateLimiter>();
        builder.Services.AddSingleton<ScannerLimiter>();
        builder.Services.AddRateLimiter(limiter => limiter.OnRejected = (rejection, _) =>
        {
            rejection.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
            var answer = Answer.Problem(ProblemType.RateLimited) with { RetryAfter = SecondsUntil(retryAfter) };
            return new ValueTask(answer.ExecuteAsync(rejection.HttpContext));
        });
        builder.Services
            .AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>()
            .Configure<ApiRateLimiter>((limiter, api) => limiter.GlobalLimiter = api);
    }

    /// <summary>Whole seconds, so that who waits that long is let in.</summary>
    internal static int SecondsUntil(TimeSpan reset) => (int)Math.Ceiling(reset.TotalSeconds);
}
