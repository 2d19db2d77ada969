using System.Diagnostics.Metrics;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Server.RateLimits;
using Shortener.Server.Redirect;
using Shortener.Storage.Cassandra;
using Shortener.Storage.Sqlite;

namespace Shortener.Server.Observability;

/// <summary>
/// The service's metrics. What redirects count is read when somebody asks (observable instruments), so that a redirect pays
/// for one increment and nothing more.
/// </summary>
public sealed class ServiceMetrics : IDisposable
{
    /// <summary>Upper bounds in seconds, from a cached read to a time-out.</summary>
    public static readonly double[] DurationBuckets = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private readonly Histogram<double> _apiDuration;

    /// <summary>Reads the counters of the parts that this process runs; the others are null.</summary>
    public ServiceMetrics(
        RedirectCounters? redirects = null, LinkResolver? resolver = null, KeyPool? keys = null, KeyReserve? reserve = null,
        ApiRateLimiter? api = null, ScannerLimiter? scanners = null, SqliteDatabase? embedded = null, CassandraDatabase? cassandra = null)
    {
        Meter = new Meter("shortener");
        if (redirects is not null) Meter.CreateObservableCounter("redirects_total", () => Results(redirects), description: "Visits by how they ended");
        if (resolver is not null) Observe(resolver);
        if (keys is not null) Meter.CreateObservableGauge("key_pool_keys", () => keys.Count, description: "Keys that wait in memory");
        if (reserve is not null)
            Meter.CreateObservableGauge("key_reserve_batches", () => reserve.Count, description: "Batches of keys that wait for other processes");
        Meter.CreateObservableCounter("rate_limited_total", () => Refused(api, scanners), description: "Requests refused by a rate limit");
        if (embedded is not null) Observe(embedded);
        if (cassandra is not null)
        {
            Meter.CreateObservableCounter(
                "store_lost_answers_total", () => cassandra.LostAnswers, description: "Conditional writes that had to be asked after");
        }

        _apiDuration = Meter.CreateHistogram<double>("api_request_duration_seconds", description: "Time to answer API calls");
    }

    /// <summary>The meter of all instruments.</summary>
    public Meter Meter { get; }

    /// <summary>Counts an API call.</summary>
    public void ApiAnswered(string operation, int status, TimeSpan duration) =>
        _apiDuration.Record(
            duration.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("status", status));

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private void Observe(LinkResolver resolver)
    {
        Meter.CreateObservableGauge(
            "cache_entries", () => new[] { With("cache", "links", resolver.CachedLinks), With("cache", "misses", resolver.CachedMisses) },
            description: "Entries in memory");
        Meter.CreateObservableCounter("cache_evictions_total", () => resolver.Evictions, description: "Links that made room for others");
        Meter.CreateObservableCounter("link_lookups_total", () => resolver.Lookups, description: "Aliases that memory did not know");
        Meter.CreateObservableCounter(
            "stale_links_served_total", () => resolver.StaleServed,
            description: "Links served past their lifetime because the store could not answer");
    }

    private void Observe(SqliteDatabase database)
    {
        Meter.CreateObservableCounter("store_writes_total", () => database.Writes, description: "Writes on disk");
        Meter.CreateObservableCounter("store_transactions_total", () => database.Transactions, description: "Transactions that carried the writes");
    }

    private static IEnumerable<Measurement<long>> Refused(ApiRateLimiter? api, ScannerLimiter? scanners)
    {
        if (api is not null) yield return With("limit", "api", api.Rejected);
        if (scanners is not null) yield return With("limit", "unknown_aliases", scanners.Rejected);
    }

    private static Measurement<long>[] Results(RedirectCounters redirects) =>
    [
        With("result", "found", redirects.Found.Value),
        With("result", "unknown", redirects.Unknown.Value),
        With("result", "expired", redirects.Expired.Value),
        With("result", "disabled", redirects.Disabled.Value),
        With("result", "failed", redirects.Failed.Value),
    ];

    /// <summary>A measurement of one of several kinds.</summary>
    internal static Measurement<long> With(string tag, string value, long measured) =>
        new(measured, new KeyValuePair<string, object?>(tag, value));
}
