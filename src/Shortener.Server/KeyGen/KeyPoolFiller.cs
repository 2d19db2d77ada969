using Shortener.Core;
using Shortener.Core.Keys;

namespace Shortener.Server.KeyGen;

/// <summary>Keeps the key pool full in the background, and hands unissued keys back when the process stops.</summary>
public sealed partial class KeyPoolFiller(KeyPool pool, TimeProvider time, ILogger<KeyPoolFiller> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await pool.DrainAsync(cancellationToken);
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
                await pool.WaitUntilLowAsync(stoppingToken);
                await RefillAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Tries until the pool is full, at growing intervals while the store cannot lease.</summary>
    private async Task RefillAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await pool.RefillAsync(stoppingToken);
                return;
            }
            catch (Exception failure) when (failure is StoreException or KeySpaceException)
            {
                LogNotFilled(pool.Count, failure.Message);
                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The key pool, with {Count} keys left, cannot be filled: {Reason}")]
    private partial void LogNotFilled(int count, string reason);

    [LoggerMessage(LogLevel.Warning, "Unissued keys could not be handed back and are lost: {Reason}")]
    private partial void LogNotReturned(string reason);
}
