using Shortener.Core.Visits;

namespace Shortener.Server.Telemetry;

/// <summary>Brings stored visits, each minute, into the form in which they are read fast and kept. Several processes may.</summary>
public sealed class VisitRollUp(IVisitStore store, TimeProvider time, ILogger<VisitRollUp> logger)
    : Minutely(time, logger)
{
    /// <inheritdoc/>
    protected override Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        store.RollUpAsync(now, cancellationToken);
}
