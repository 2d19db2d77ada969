namespace Shortener.Core.Keys;

/// <summary>
/// What waits in memory, ready made, and is filled up in the background: the keys of <see cref="KeyPool"/>, the batches of
/// <see cref="KeyReserve"/>. Any number of takers, one filler.
/// </summary>
public interface IKeyStock
{
    /// <summary>How much waits: keys, or batches.</summary>
    int Count { get; }

    /// <summary>Completes when a refill is due.</summary>
    Task WaitUntilLowAsync(CancellationToken cancellationToken);

    /// <summary>Fills up to the capacity. After a failure the next call goes on where this one stopped.</summary>
    /// <exception cref="KeySpaceException">There are no more keys.</exception>
    /// <exception cref="StoreException">No keys can be had now.</exception>
    Task RefillAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ends the stock and hands back everything that waits. Call it after the filler has stopped; takers get an exception from
    /// then on.
    /// </summary>
    /// <exception cref="StoreException">Some of it could not be handed back, and is lost.</exception>
    Task DrainAsync(CancellationToken cancellationToken);
}
