namespace Shortener.Core.Keys;

/// <summary>
/// Leases blocks of key numbers from the store and turns them into keys. A lease is durable before its keys leave here, so a
/// crash wastes the rest of a block and never doubles a key.
/// </summary>
public sealed class KeyMaker : IKeyBatchSource, IDisposable
{
    private readonly IKeyBlockStore _store;
    private readonly KeySpace _space;
    private readonly int _blockSize;
    private readonly string _holder;
    private KeyPermutation _permutation;
    private IReadOnlyList<KeySpace> _closed;
    private Guid _pendingLease = Guid.CreateVersion7();

    /// <summary>Makes keys of the active one of <paramref name="spaces"/>, the first.</summary>
    /// <param name="store">Where blocks are leased.</param>
    /// <param name="spaces">What <see cref="IKeyBlockStore.ActivateAsync"/> returned.</param>
    /// <param name="blockSize">Numbers a lease asks for.</param>
    /// <param name="holder">Names this process in the store.</param>
    public KeyMaker(IKeyBlockStore store, IReadOnlyList<KeySpace> spaces, int blockSize, string holder)
    {
        (_store, _space, _blockSize, _holder) = (store, spaces[0], blockSize, holder);
        _closed = [.. spaces.Skip(1)];
        _permutation = new KeyPermutation(_space, _closed);
    }

    /// <inheritdoc/>
    public async Task<KeyBatch> TakeAsync(CancellationToken cancellationToken)
    {
        // The id outlives a failed attempt: if the store did lease and its answer was lost, the same block comes back.
        var result = await _store.LeaseAsync(_space.Id, _blockSize, _pendingLease, _holder, cancellationToken);
        _pendingLease = Guid.CreateVersion7();
        var block = result.Outcome switch
        {
            LeaseOutcome.Exhausted => throw new KeySpaceException(
                $"All {KeySpace.CapacityOf(_space.Length)} keys of {_space.Length} characters are in use: " +
                $"set Shortener:Keys:Length to {_space.Length + 1} or more."),
            LeaseOutcome.Closed => throw new KeySpaceException(
                "Another process made keys under another secret active: give every process the same Shortener:Keys:Secret."),
            _ => result.Block!,
        };
        PassOver(result.Closed!);
        var aliases = new string?[block.Numbers.Count];
        for (var i = 0; i < aliases.Length; i++) aliases[i] = _permutation.ToAlias(block.Numbers.First + i);
        return new KeyBatch(block, aliases);
    }

    /// <inheritdoc/>
    public Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken) =>
        _store.ReturnAsync(block, unused, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _permutation.Dispose();

    /// <summary>What the closed spaces have produced until now is passed over in this block.</summary>
    private void PassOver(IReadOnlyList<KeySpace> closed)
    {
        if (closed.Select(IdAndNext).ToHashSet().SetEquals(_closed.Select(IdAndNext))) return;
        var permutation = new KeyPermutation(_space, closed);
        _permutation.Dispose();
        (_permutation, _closed) = (permutation, closed);
    }

    private static (string, long) IdAndNext(KeySpace space) => (space.Id, space.Next);
}
