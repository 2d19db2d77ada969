namespace Shortener.Core.Keys;

/// <summary>A leased block and its keys, ready made.</summary>
/// <param name="Block">The block; its numbers are the holder's alone.</param>
/// <param name="Aliases">The alias of each number of the block, in their order; null: the number is passed over.</param>
public sealed record KeyBatch(KeyBlock Block, IReadOnlyList<string?> Aliases);

/// <summary>
/// Where a process gets keys: <see cref="KeyMaker"/> leases from the store itself, the other implementation asks the
/// key-generation role. No key is ever in two batches, whatever crashes when: a batch whose answer is lost is wasted. For one
/// taker at a time; handing back is for any number.
/// </summary>
public interface IKeyBatchSource
{
    /// <summary>A batch that is the caller's alone, of one number or more.</summary>
    /// <exception cref="KeySpaceException">The space is used up or closed.</exception>
    /// <exception cref="StoreException">None can be had now; calling again is safe.</exception>
    Task<KeyBatch> TakeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Hands back the numbers of <paramref name="block"/> that never became a key. Only the first call for a block counts, by
    /// whichever process it arrives, so that a call whose answer was lost can be repeated.
    /// </summary>
    /// <exception cref="StoreException">It is not known whether they were taken back.</exception>
    Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken);
}
