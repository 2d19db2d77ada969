namespace Shortener.Core.Keys;

/// <summary>A key that nobody has used: its alias, and the number and block that it goes back to if nobody will.</summary>
public readonly record struct Key(string Alias, long Number, KeyBlock Block);

/// <summary>No key can be had, and no repetition will help: the message says what to change.</summary>
public sealed class KeySpaceException(string message) : Exception(message);

/// <summary>
/// Leases blocks of key numbers and turns them into keys. A block's lease is durable before its first key leaves here, so a
/// crash wastes the rest of a block and never doubles a key. For one caller at a time.
/// </summary>
public sealed class KeyAllocator : IDisposable
{
    private readonly IKeyBlockStore _store;
    private readonly KeySpace _space;
    private readonly int _blockSize;
    private readonly string _holder;
    private KeyPermutation _permutation;
    private IReadOnlyList<KeySpace> _closed;
    private KeyBlock? _block;
    private long _next;
    private Guid _pendingLease = Guid.CreateVersion7();

    /// <summary>An allocator for the active one of <paramref name="spaces"/>, the first.</summary>
    /// <param name="store">Where blocks are leased.</param>
    /// <param name="spaces">What <see cref="IKeyBlockStore.ActivateAsync"/> returned.</param>
    /// <param name="blockSize">Numbers a lease asks for.</param>
    /// <param name="holder">Names this process in the store.</param>
    public KeyAllocator(IKeyBlockStore store, IReadOnlyList<KeySpace> spaces, int blockSize, string holder)
    {
        (_store, _space, _blockSize, _holder) = (store, spaces[0], blockSize, holder);
        _closed = [.. spaces.Skip(1)];
        _permutation = new KeyPermutation(_space, _closed);
    }

    /// <summary>The next key, leasing a block where the last one is used up.</summary>
    /// <exception cref="KeySpaceException">The space is used up or closed.</exception>
    /// <exception cref="StoreException">The store cannot lease now; calling again goes on where this call stopped.</exception>
    public async ValueTask<Key> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_block is null) await LeaseAsync(cancellationToken);
            while (_block is { } block && _next < block.Numbers.End)
            {
                var number = _next++;
                if (_permutation.ToAlias(number) is { } alias) return new Key(alias, number, block);
            }

            _block = null;
        }
    }

    /// <summary>
    /// Hands back what is left of the current block together with <paramref name="unissued"/>, keys that came from here and
    /// never left the process.
    /// </summary>
    public async Task ReturnAsync(IEnumerable<Key> unissued, CancellationToken cancellationToken)
    {
        var byBlock = unissued.ToLookup(key => key.Block, key => new KeyRange(key.Number, key.Number + 1));
        var current = _block;
        _block = null;
        foreach (var block in byBlock.Select(group => group.Key).Append(current).OfType<KeyBlock>().Distinct())
        {
            var ranges = byBlock[block].ToList();
            if (block == current) ranges.Add(new KeyRange(_next, block.Numbers.End));
            await _store.ReturnAsync(block, Merge(ranges), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _permutation.Dispose();

    private async Task LeaseAsync(CancellationToken cancellationToken)
    {
        // The id outlives a failed attempt: if the store did lease and its answer was lost, the same block comes back.
        var result = await _store.LeaseAsync(_space.Id, _blockSize, _pendingLease, _holder, cancellationToken);
        _pendingLease = Guid.CreateVersion7();
        _block = result.Outcome switch
        {
            LeaseOutcome.Exhausted => throw new KeySpaceException(
                $"All {KeySpace.CapacityOf(_space.Length)} keys of {_space.Length} characters are in use: " +
                $"set Shortener:Keys:Length to {_space.Length + 1} or more."),
            LeaseOutcome.Closed => throw new KeySpaceException(
                "Another process made keys under another secret active: give every process the same Shortener:Keys:Secret."),
            _ => result.Block,
        };
        _next = _block!.Numbers.First;
        PassOver(result.Closed!);
    }

    /// <summary>What the closed spaces have produced until now is passed over in this block.</summary>
    private void PassOver(IReadOnlyList<KeySpace> closed)
    {
        if (closed.Select(IdAndNext).ToHashSet().SetEquals(_closed.Select(IdAndNext))) return;
        var permutation = new KeyPermutation(_space, closed);
        _permutation.Dispose();
        (_permutation, _closed) = (permutation, closed);
    }

    private static (string, long) IdAndNext(KeySpace space) => (space.Id, space.Next);

    private static List<KeyRange> Merge(List<KeyRange> ranges)
    {
        var merged = new List<KeyRange>();
        foreach (var range in ranges.Where(range => range.Count > 0).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && merged[^1].End == range.First) merged[^1] = new KeyRange(merged[^1].First, range.End);
            else merged.Add(range);
        }

        return merged;
    }
}
