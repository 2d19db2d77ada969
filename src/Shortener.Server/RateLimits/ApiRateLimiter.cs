using System.Globalization;
using System.Threading.RateLimiting;
using Shortener.Core.RateLimits;
using Shortener.Server.Access;

namespace Shortener.Server.RateLimits;

/// <summary>
/// The limits of the API for Microsoft.AspNetCore.RateLimiting: per developer key, per client network and for the whole API,
/// asked in this order, so that what one key is refused costs the others nothing. The tightest of them is told in the
/// <c>RateLimit</c> headers (draft-ietf-httpapi-ratelimit-headers-10).
/// </summary>
public sealed class ApiRateLimiter(ApiLimits limits, RateLimitOptions options) : PartitionedRateLimiter<HttpContext>
{
    private readonly double _windowSeconds = options.Window.TotalSeconds;
    private long _rejected;

    /// <summary>Requests refused since the start.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>
    /// The middleware asks here first, for what can be had without waiting, and only then <see cref="AcquireAsyncCore"/>. Nothing
    /// is counted here, so that each request is counted once.
    /// </summary>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) => Refused.NotAsked;

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        var (tightest, state) = await AcquireAsync(resource);
        WriteHeaders(resource.Response.Headers, tightest, state);
        if (state.IsAllowed) return Admitted.Instance;
        Interlocked.Increment(ref _rejected);
        return new Refused(state.Reset);
    }

    private async ValueTask<(string Name, LimitState State)> AcquireAsync(HttpContext context)
    {
        (string, LimitState State)? ofKey = context.Features.Get<ApiCaller>() is { } caller
            ? ("key", await limits.PerKey.AcquireAsync(caller.Key.Id))
            : null;
        if (ofKey is { State.IsAllowed: false }) return ofKey.Value;
        var tightest = ("network", State: await limits.PerNetwork.AcquireAsync(ClientNetwork.Of(context.Connection.RemoteIpAddress)));
        if (ofKey is not null) tightest = Tighter(ofKey.Value, tightest);
        return tightest.State.IsAllowed ? Tighter(tightest, ("api", await limits.WholeApi.AcquireAsync(""))) : tightest;
    }

    private static (string Name, LimitState State) Tighter((string Name, LimitState State) one, (string Name, LimitState State) other) =>
        one.State.IsAllowed && (!other.State.IsAllowed || other.State.Remaining < one.State.Remaining) ? other : one;

    private void WriteHeaders(IHeaderDictionary headers, string policy, LimitState state)
    {
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={state.Limit};w={_windowSeconds:0}");
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"{policy}\";r={state.Remaining};t={Math.Ceiling(state.Reset.TotalSeconds):0}");
    }

    private sealed class Admitted : RateLimitLease
    {
        public static readonly Admitted Instance = new();

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }

    private sealed class Refused(TimeSpan retryAfter) : RateLimitLease
    {
        public static readonly Refused NotAsked = new(TimeSpan.Zero);

        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
