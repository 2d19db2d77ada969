using Shortener.Core.RateLimits;

namespace Shortener.Server.RateLimits;

/// <summary>The limits of the API, counted by this process or, over Redis, by all.</summary>
/// <param name="PerKey">Of a developer key.</param>
/// <param name="PerNetwork">Of a client network.</param>
/// <param name="WholeApi">Of all calls; it has one partition, the empty text.</param>
public sealed record ApiLimits(IRequestLimit PerKey, IRequestLimit PerNetwork, IRequestLimit WholeApi)
{
    /// <summary>Makes them.</summary>
    /// <param name="options">How many calls a window.</param>
    /// <param name="limit">Makes one by its name and its calls a window.</param>
    public static ApiLimits Create(RateLimitOptions options, Func<string, int, IRequestLimit> limit) =>
        new(limit("key", options.PerKey), limit("network", options.PerNetwork), limit("api", options.WholeApi));
}
