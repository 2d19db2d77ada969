using System.Threading.Channels;

namespace Shortener.Core.Keys;

/// <summary>
/// Batches waiting in memory, ready made, for other processes: the stock of the key-generation role. A batch goes to one taker
/// and is its own from then on, whether or not it arrives.
/// </summary>
/// <param name="source">Where batches come from; the reserve is its only taker.</param>
/// <param name="capacity">How many wait when it is full; 1 or more.</param>
/// <param name="maxWait">How long a taker waits while there is none.</param>
/// <param name="time">The clock.</param>
public sealed class KeyReserve(IKeyBatchSource source, int capacity, TimeSpan maxWait, TimeProvider time) : IKeyStock
{
    private readonly Channel<KeyBatch> _ready = Channel.CreateBounded<KeyBatch>(capacity);

    /// <summary>Batches that wait.</summary>
    public int Count => _ready.Reader.Count;

    /// <summary>Takes a batch, waiting only while there is none, and then not for ever.</summary>
    /// <exception cref="StoreException">None came in time: the filler cannot lease, and has logged why.</exception>
    /// <exception cref="ChannelClosedException">The reserve was drained.</exception>
    public async ValueTask<KeyBatch> TakeAsync(CancellationToken cancellationToken)
    {
        if (_ready.Reader.TryRead(out var batch)) return batch;
        using var timeout = new CancellationTokenSource(maxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _ready.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreException(StoreFailure.Unavailable, "No batch of keys is left, and none came in time.");
        }
    }

    /// <summary>Hands back, for the taker of a batch, the numbers that never became a key; as the source does.</summary>
    public Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken) =>
        source.ReturnAsync(block, unused, cancellationToken);

    /// <inheritdoc/>
    public async Task WaitUntilLowAsync(CancellationToken cancellationToken) => await _ready.Writer.WaitToWriteAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RefillAsync(CancellationToken cancellationToken)
    {
        while (Count < capacity)
        {
            if (!_ready.Writer.TryWrite(await source.TakeAsync(cancellationToken))) return;
        }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _ready.Writer.TryComplete();
        while (_ready.Reader.TryRead(out var batch))
            await source.ReturnAsync(batch.Block, [batch.Block.Numbers], cancellationToken);
    }
}
