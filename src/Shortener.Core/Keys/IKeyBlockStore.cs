namespace Shortener.Core.Keys;

/// <summary>A run of key numbers: <paramref name="First"/> up to but not including <paramref name="End"/>.</summary>
public readonly record struct KeyRange(long First, long End)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => End - First;
}

/// <summary>Key numbers that one holder alone may turn into keys.</summary>
/// <param name="LeaseId">Names the lease; chosen by the holder.</param>
/// <param name="SpaceId">The space of the numbers.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="Epoch">Higher for each later lease of the space.</param>
public sealed record KeyBlock(Guid LeaseId, string SpaceId, KeyRange Numbers, long Epoch);

/// <summary>How an attempt to lease ended.</summary>
public enum LeaseOutcome
{
    /// <summary>The block is the caller's.</summary>
    Leased,

    /// <summary>Every number of the space is leased; longer keys are needed.</summary>
    Exhausted,

    /// <summary>Another process made another space of this length active; this one must be restarted with its secret.</summary>
    Closed,
}

/// <summary>The outcome of a lease and, where there is one, its block.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Block">The block; null: none was leased.</param>
/// <param name="Closed">
/// The closed spaces of the length as they are while the block is leased: with several processes one of them may have been
/// active, and leased, since the caller was told last. Null: no block was leased.
/// </param>
public sealed record LeaseResult(LeaseOutcome Outcome, KeyBlock? Block, IReadOnlyList<KeySpace>? Closed = null);

/// <summary>
/// Leases key numbers in blocks. No number is ever leased to two holders, whatever crashes when; a lease is durable before
/// it is answered. Failures and threads as in <see cref="Links.ILinkStore"/>.
/// </summary>
public interface IKeyBlockStore
{
    /// <summary>
    /// Makes the space of <paramref name="requested"/> the active one of its length, and closes the others, in one step. With
    /// null the space that is active stays so, and <paramref name="whenNone"/> is made active where there is none. Returns
    /// the spaces of the length, the active one first. Safe to repeat.
    /// </summary>
    Task<IReadOnlyList<KeySpace>> ActivateAsync(KeySpace? requested, KeySpace whenNone, CancellationToken cancellationToken);

    /// <summary>
    /// Leases up to <paramref name="count"/> numbers, handed-back ones first. Repeating a call with the same
    /// <paramref name="leaseId"/> returns the same block, until it is handed back.
    /// </summary>
    Task<LeaseResult> LeaseAsync(
        string spaceId, int count, Guid leaseId, string holder, CancellationToken cancellationToken);

    /// <summary>
    /// Hands back the numbers of <paramref name="block"/> that never became a key, to be leased again. Only the first call
    /// for a block counts; later ones change nothing.
    /// </summary>
    Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken);
}
