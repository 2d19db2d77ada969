using System.Threading.RateLimiting;
using Shortener.Core.RateLimits;
using Shortener.Server.Problems;
using Shortener.Server.SharedCache;
using Shortener.Storage.Redis;

namespace Shortener.Server.RateLimits;

/// <summary>The limits of the API in the pipeline.</summary>
public static class RateLimitRegistration
{
    /// <summary>Registers the limits of the API.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How many calls a window.</param>
    /// <param name="redis">Where all processes count together; if it is not used, each counts for itself.</param>
    public static void AddRateLimits(this WebApplicationBuilder builder, RateLimitOptions options, RedisOptions redis)
    {
        builder.Services.AddSingleton(services => ApiLimits.Create(options, redis.IsUsed
            ? (name, limit) => new SharedLimit(
                services.GetRequiredService<RedisConnection>(),
                new SharedLimitSettings($"{redis.Prefix}limit:{name}:", limit, options.Window, options.RedisTimeout),
                services.GetRequiredService<TimeProvider>())
            : (_, limit) => new WindowCounter(limit, options.Window, services.GetRequiredService<TimeProvider>())));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ApiRateLimiter>();
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
