using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Core.Links;

namespace Shortener.Server.Observability;

/// <summary>Ready while the store answers a look-up.</summary>
public sealed class StoreHealth(ILinkStore store) : IHealthCheck
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
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}

/// <summary>Degraded, and so still ready, while no key waits: visits are answered all the same.</summary>
public sealed class KeyPoolHealth(KeyPool pool) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pool.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("no key is left in the pool"));
}
