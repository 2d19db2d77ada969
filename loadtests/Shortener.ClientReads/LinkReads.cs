using Shortener.Server.Hosting;
using Shortener.Server.SharedCache;
using Shortener.Storage.Cassandra;
using Shortener.Storage.Redis;

namespace Shortener.ClientReads;

/// <summary>
/// The reads that a redirect makes, by the client library and nothing around it: no deadline, no breaker, no bound, no codec of
/// our own. Connections and statements are those of the service. A read that finds nothing fails.
/// </summary>
internal static class LinkReads
{
    /// <summary>Gets a link's value from Redis.</summary>
    public static async Task<Func<string, Task>> OfRedisAsync(RedisOptions options)
    {
        var connection = await new RedisConnector(new RedisSettings(
            options.Connection, options.ConnectTimeout, RetryInterval: TimeSpan.Zero, options.BreakerFailures, options.BreakerWindow))
            .ConnectAsync();
        return async alias =>
        {
            var value = await connection.GetDatabase().StringGetAsync($"{options.Prefix}link:{alias}");
            if (value.IsNull) throw new InvalidDataException($"Redis does not know '{alias}'.");
        };
    }

    /// <summary>Selects a link's row in Cassandra and has the library decode its values.</summary>
    public static async Task<Func<string, Task>> OfCassandraAsync(CassandraOptions options)
    {
        var settings = options.ToSettings();
        var session = await CassandraCluster.ConnectAsync(
            CassandraCluster.Describe(settings).Build(), settings, settings.Keyspace);
        var select = await session.PrepareAsync(CassandraLinkStore.Select);
        return async alias =>
        {
            var rows = await session.ExecuteAsync(select.Bind(alias)
                .SetConsistencyLevel(settings.ReadConsistency).SetIdempotence(true).SetAutoPage(false)
                .SetReadTimeoutMillis((int)settings.RequestTimeout.TotalMilliseconds));
            LinkRow.Read(rows.Single());
        };
    }
}
