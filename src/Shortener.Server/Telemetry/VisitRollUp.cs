using Shortener.Core;
using Shortener.Core.Visits;

namespace Shortener.Server.Telemetry;

/// <summary>Brings stored visits, each minute, into the form in which they are read fast and kept. Several processes may.</summary>
public sealed partial class VisitRollUp(IVisitStore store, TimeProvider time, ILogger<VisitRollUp> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.RollUpAsync(time.GetUtcNow(), stoppingToken);
            }
            catch (StoreException failure)
            {
                LogFailed(failure.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Visits were not rolled up, which is tried again in a minute: {Reason}")]
    private partial void LogFailed(string reason);
}
