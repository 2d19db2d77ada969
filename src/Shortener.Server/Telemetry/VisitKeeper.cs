using Shortener.Core.Visits;
using Shortener.Core.Visits.Live;
using Shortener.Server.Observability;

namespace Shortener.Server.Telemetry;

/// <summary>Has the spool ready for visits and brings them into the store; at a stop, all that the store still takes.</summary>
public sealed partial class VisitKeeper : BackgroundService
{
    private readonly VisitSpool _spool;
    private readonly VisitAggregator _aggregator;
    private readonly VisitTap _tap;
    private readonly ILogger<VisitKeeper> _logger;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Registers what it measures.</summary>
    public VisitKeeper(
        VisitSpool spool, VisitAggregator aggregator, VisitTap tap, ServiceMetrics metrics, ILogger<VisitKeeper> logger)
    {
        (_spool, _aggregator, _tap, _logger) = (spool, aggregator, tap, logger);
        aggregator.Failed += Tell;
        var meter = metrics.Meter;
        meter.CreateObservableCounter(
            "visits_captured_total", () => spool.Captured, description: "Visits written down: those in the store and those pending");
        meter.CreateObservableCounter(
            "visits_stored_total", () => aggregator.Stored, description: "Visits of this process that are in the store");
        meter.CreateObservableGauge("visits_pending", () => aggregator.Pending, description: "Visits of this process that wait");
        meter.CreateObservableCounter(
            "visits_dropped_total",
            () => Enum.GetValues<DropReason>().Select(reason => ServiceMetrics.With("reason", NameOf(reason), spool.Dropped(reason))),
            description: "Visits that were not written down");
        meter.CreateObservableCounter(
            "visits_recovered_total", () => aggregator.Recovered,
            description: "Visits of processes that have died, brought into the store by this one");
        meter.CreateObservableCounter(
            "visits_damaged_total", () => aggregator.Damaged, description: "Places in files where a process died while it wrote a visit");
        meter.CreateObservableGauge("visits_waiting_bytes", () => spool.BytesUsed, description: "Bytes of the files in which visits wait");
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        // Requests are over. What is left after this waits for the next start.
        await _spool.StopAsync(cancellationToken);
        if (ExecuteTask is { } storing) await storing.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Where a start failed, nobody has stopped it.
        _stopping.Cancel();
        _stopping.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var path in _spool.SetAsidePaths) LogSetAside(path);
        await Task.WhenAll(UntilStoppedAsync(_spool.RunAsync), UntilStoppedAsync(_tap.RunAsync), _aggregator.RunAsync(_stopping.Token));
    }

    private async Task UntilStoppedAsync(Func<CancellationToken, Task> runAsync)
    {
        try
        {
            await runAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // StopAsync closes the segments that are open.
        }
    }

    private void Tell(ClosedSegment segment, Exception failure)
    {
        if (failure is InvalidDataException) LogSetAside(segment.Path);
        else LogNotStored(_spool.SegmentsWaiting, failure.Message);
    }

    private static string NameOf(DropReason reason) => reason switch
    {
        DropReason.Full => "full",
        DropReason.NoDisk => "no_disk",
        _ => "not_ready",
    };

    [LoggerMessage(LogLevel.Warning, "Visits wait in {Segments} files for the store, which is tried again: {Reason}")]
    private partial void LogNotStored(int segments, string reason);

    [LoggerMessage(LogLevel.Error, "{Path} holds no visits that this version can read, and was set aside")]
    private partial void LogSetAside(string path);
}
