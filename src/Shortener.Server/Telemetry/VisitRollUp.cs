using Shortener.Core;
using Shortener.Core.Visits;

namespace Shortener.Server.Telemetry;

/// <summary>Brings stored visits, each minute, into the form in which they are read fast and kept. Several processes may.</summary>
public sealed partial class VisitRollUp(IVisitStore store, TimeProvider time, ILogger<VisitRollUp> logger) : Minutely(time)
{
    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.RollUpAsync(_time.GetUtcNow(), cancellationToken);
        }
        catch (StoreException failure)
        {
            LogFailed(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Visits were not rolled up, which is tried again in a minute: {Reason}")]
    private partial void LogFailed(string reason);
}
