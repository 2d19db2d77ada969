namespace Shortener.Server.Telemetry;

/// <summary>Does something each minute until the process stops.</summary>
public abstract class Minutely(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Also where the start of the process failed, which the host would take for a failure of this.
        }
    }

    /// <summary>Called each minute, one call after the other.</summary>
    protected abstract Task RunAsync(CancellationToken cancellationToken);
}
