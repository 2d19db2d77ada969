using Shortener.Core.Visits;

namespace Shortener.Server.Telemetry;

/// <summary>Removes, each minute, the visits of links that have ended long ago. Several processes may.</summary>
public sealed class VisitRemoval(VisitRetention retention, TimeProvider time, ILogger<VisitRemoval> logger)
    : Minutely(time, logger)
{
    /// <inheritdoc/>
    protected override Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        retention.RunAsync(now, cancellationToken);
}
