using Shortener.Core;

namespace Shortener.Server.Telemetry;

/// <summary>Does something each minute until the process stops.</summary>
public abstract partial class Minutely(TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Also where the start of the process failed, which the host would take for a failure of this.
        }
    }

    /// <summary>Called each minute, one call after the other; where a store fails, the next call tries again.</summary>
    protected abstract Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken);

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(time.GetUtcNow(), cancellationToken);
        }
        catch (StoreException failure)
        {
            LogFailed(GetType().Name, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Work} was not done, which is tried again in a minute: {Reason}")]
    private partial void LogFailed(string work, string reason);
}
