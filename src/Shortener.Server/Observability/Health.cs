using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Server.Hosting;
using Shortener.Server.Settings;
using Shortener.Storage.Sqlite;

namespace Shortener.Server.Observability;

/// <summary>
/// Ready while the store answers a look-up. Over Cassandra a process that follows links is degraded, and so still ready, while it
/// does not: all processes have that one store, and a proxy that took every one out of service would stop also the links in memory.
/// </summary>
public sealed class StoreHealth(ILinkStore store, ShortenerOptions options) : IHealthCheck
{
    /// <summary>A reserved word: no link has it.</summary>
    private const string Probe = "health";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.FindAsync(Probe, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreException failure)
        {
            return options.Storage.IsCassandra && options.Runs(ProcessRoles.Redirect)
                ? HealthCheckResult.Degraded(failure.Message)
                : HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}

/// <summary>
/// Degraded while there is no room for further links. That is still ready, 200: visits are nearly all of the traffic and need no
/// room, and a proxy that took the process out of service over it would turn "no new links" into "no links at all". Who makes a
/// link gets 507; an alert on this answer's body, or on those, tells the operator.
/// </summary>
public sealed class RoomHealth(SqliteDatabase database) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            database.LacksRoom ? HealthCheckResult.Degraded("no room is left for further links") : HealthCheckResult.Healthy());
}

/// <summary>
/// Degraded, and so still ready for the reason above, once a part of the database was found to be damaged: links in memory and
/// in its other parts are still followed.
/// </summary>
public sealed class DamageHealth(SqliteDatabase database) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            database.IsDamaged ? HealthCheckResult.Degraded("the database is damaged, see the log") : HealthCheckResult.Healthy());
}

/// <summary>Degraded, and so still ready for the reason above, while no key, or batch of keys, waits.</summary>
public sealed class KeyStockHealth<T>(T stock) : IHealthCheck
    where T : IKeyStock
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(stock.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("no key is left in the pool"));
}
