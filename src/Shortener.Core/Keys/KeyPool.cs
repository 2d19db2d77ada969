using System.Threading.Channels;

namespace Shortener.Core.Keys;

/// <summary>
/// Keys waiting in memory, ready made. Taking one never waits while the pool is not empty; at the low-water mark
/// <see cref="RefillAsync"/> is woken. All mutual exclusion about keys is in here: any number of takers, one filler.
/// </summary>
public sealed class KeyPool : IKeyStock
{
    /// <summary>How long a taker waits for a key: longer than a lease takes, shorter than a client waits.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly Channel<Key> _keys = Channel.CreateUnbounded<Key>();
    private readonly Channel<bool> _low = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly KeyAllocator _allocator;
    private readonly int _capacity;
    private readonly int _lowWater;
    private readonly TimeProvider _time;

    /// <summary>Why the last refill found no key and no repetition will help; null: it did find one.</summary>
    private volatile string? _noMore;

    /// <param name="allocator">Where keys come from; the pool is its only user.</param>
    /// <param name="capacity">How many keys a refill brings the pool to.</param>
    /// <param name="lowWater">The count at and below which a refill is due; less than <paramref name="capacity"/>.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public KeyPool(KeyAllocator allocator, int capacity, int lowWater, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lowWater, capacity);
        (_allocator, _capacity, _lowWater, _time) = (allocator, capacity, lowWater, time ?? TimeProvider.System);
        _low.Writer.TryWrite(true);
    }

    /// <summary>Keys that wait.</summary>
    public int Count => _keys.Reader.Count;

    /// <summary>Takes a key, waiting only while there is none, and then not for ever.</summary>
    /// <exception cref="KeySpaceException">There is none, and as the last refill found, there are no more.</exception>
    /// <exception cref="StoreException">None came in time: the filler cannot lease, and has logged why.</exception>
    /// <exception cref="ChannelClosedException">The pool was drained.</exception>
    public ValueTask<Key> TakeAsync(CancellationToken cancellationToken)
    {
        var taken = _keys.Reader.TryRead(out var key);
        if (Count <= _lowWater) _low.Writer.TryWrite(true);
        if (taken) return ValueTask.FromResult(key);
        // Waiting would not help; the filler goes on trying, since keys may be handed back.
        return _noMore is { } reason
            ? ValueTask.FromException<Key>(new KeySpaceException(reason))
            : WaitForKeyAsync(cancellationToken);
    }

    /// <summary>
    /// Gives back a key that was taken and neither stored nor shown to anybody. False: the pool was drained meanwhile, and
    /// the key is lost.
    /// </summary>
    public bool PutBack(Key key) => _keys.Writer.TryWrite(key);

    /// <inheritdoc/>
    public async Task WaitUntilLowAsync(CancellationToken cancellationToken) => await _low.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RefillAsync(CancellationToken cancellationToken)
    {
        while (Count < _capacity)
        {
            var key = await NextAsync(cancellationToken);
            if (!_keys.Writer.TryWrite(key)) return;
        }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _keys.Writer.TryComplete();
        var unissued = new List<Key>();
        while (_keys.Reader.TryRead(out var key)) unissued.Add(key);
        await _allocator.ReturnAsync(unissued, cancellationToken);
    }

    private async ValueTask<Key> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            var key = await _allocator.NextAsync(cancellationToken);
            _noMore = null;
            return key;
        }
        catch (KeySpaceException failure)
        {
            _noMore = failure.Message;
            throw;
        }
    }

    private async ValueTask<Key> WaitForKeyAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(MaxWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _keys.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (_noMore is { } reason) throw new KeySpaceException(reason);
            throw new StoreException(StoreFailure.Unavailable, "No key is left in the pool, and none came in time.");
        }
    }
}
