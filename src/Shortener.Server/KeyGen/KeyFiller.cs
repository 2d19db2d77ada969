using Shortener.Core;
using Shortener.Core.Keys;

namespace Shortener.Server.KeyGen;

/// <summary>Keeps a stock of keys full in the background, and hands back what is left when the process stops.</summary>
/// <param name="stock">The stock.</param>
/// <param name="name">What the stock is called in the log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class KeyFiller(IKeyStock stock, string name, TimeProvider time, ILogger<KeyFiller> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await stock.DrainAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or OperationCanceledException)
        {
            LogNotReturned(failure.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await stock.WaitUntilLowAsync(stoppingToken);
                await RefillAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Tries until the stock is full, at growing intervals while no keys can be had.</summary>
    private async Task RefillAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await stock.RefillAsync(stoppingToken);
                return;
            }
            catch (Exception failure) when (failure is StoreException or KeySpaceException)
            {
                LogNotFilled(name, stock.Count, failure.Message);
                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The {Stock}, where {Count} are left, cannot be filled: {Reason}")]
    private partial void LogNotFilled(string stock, int count, string reason);

    [LoggerMessage(LogLevel.Warning, "Unissued keys could not be handed back and are lost: {Reason}")]
    private partial void LogNotReturned(string reason);
}
