using System.Globalization;
using System.Threading.RateLimiting;
using Shortener.Server.Access;

namespace Shortener.Server.RateLimits;

/// <summary>
/// The limits of the API for Microsoft.AspNetCore.RateLimiting: per developer key, per client network and for the whole API,
/// asked in this order, so that what one key is refused costs the others nothing. The tightest of them is told in the
/// <c>RateLimit</c> headers (draft-ietf-httpapi-ratelimit-headers-10).
/// </summary>
public sealed class ApiRateLimiter(RateLimitOptions options, TimeProvider time) : PartitionedRateLimiter<HttpContext>
{
    private readonly WindowCounter _perKey = new(options.PerKey, options.Window, time);
    private readonly WindowCounter _perNetwork = new(options.PerNetwork, options.Window, time);
    private readonly WindowCounter _wholeApi = new(options.WholeApi, options.Window, time);
    private readonly double _windowSeconds = options.Window.TotalSeconds;
    private long _rejected;

    /// <summary>Requests refused since the start.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        var tightest = ("api", State: _wholeApi.Peek(""));
        if (resource.Features.Get<ApiCaller>() is { } caller) tightest = Tighter(tightest, ("key", _perKey.Acquire(caller.Key.Id)));
        if (tightest.State.IsAllowed)
            tightest = Tighter(tightest, ("network", _perNetwork.Acquire(ClientNetwork.Of(resource.Connection.RemoteIpAddress))));
        if (tightest.State.IsAllowed) tightest = Tighter(tightest, ("api", _wholeApi.Acquire("")));
        WriteHeaders(resource.Response.Headers, tightest.Item1, tightest.State);
        if (tightest.State.IsAllowed) return Admitted.Instance;
        Interlocked.Increment(ref _rejected);
        var refused = new Refused(tightest.State.Reset);
        resource.Features.Set(refused);
        return refused;
    }

    /// <summary>
    /// The middleware asks once more, willing to wait, for a request that was just refused. Nobody waits here, so that the
    /// refusal stands, and counts once.
    /// </summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(resource.Features.Get<Refused>() ?? AttemptAcquireCore(resource, permitCount));

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
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
