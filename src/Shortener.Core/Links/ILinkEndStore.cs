namespace Shortener.Core.Links;

/// <summary>
/// When links end, in the order in which they do: for what is to be done some time after that. Every implementation passes the
/// same contract suite (tests/.../Contract/LinkEndStoreContract).
/// </summary>
/// <remarks>
/// <para>The <see cref="ILinkStore"/> beside it writes an end down before the link that has it: with an insert or update that
/// sets an expiry, and with a deletion. So there is an entry for the end of each life of an alias, also after it was made anew; and
/// there may be entries for links that were never made, and for ends that were moved: compare with <see cref="FindAsync"/>. An
/// end that was moved has an entry at its new time.</para>
/// <para>A walk goes on from the last end that it has dealt with, which it keeps as its checkpoint.</para>
/// <para>Failures and threads as in <see cref="ILinkStore"/>; each call may be repeated after any failure.</para>
/// </remarks>
public interface ILinkEndStore
{
    /// <summary>
    /// The next ends of a walk, hour after hour; in which order within an hour is the store's choice, and always the same. Fewer
    /// than <paramref name="limit"/>: there are no more before <paramref name="until"/>.
    /// </summary>
    /// <param name="after">The last end that the walk has dealt with; null: it begins.</param>
    /// <param name="until">
    /// Ends before the hour of this time. It must lie so far back that no end is written down for those hours any more: further
    /// than clocks differ and writes take.
    /// </param>
    /// <param name="limit">The most ends, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<LinkEnd>> ListAsync(LinkEnd? after, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>What is certain about an alias, also about a deleted link's; null: there is no such link.</summary>
    Task<LinkLife?> FindAsync(string alias, CancellationToken cancellationToken);

    /// <summary>What <see cref="SaveCheckpointAsync"/> was last told of a walk; null: nothing.</summary>
    Task<LinkEnd?> FindCheckpointAsync(string walk, CancellationToken cancellationToken);

    /// <summary>Keeps how far a walk has come.</summary>
    Task SaveCheckpointAsync(string walk, LinkEnd passed, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the ends behind <paramref name="after"/> up to <paramref name="through"/>, which no walk needs any more; those of
    /// the hour of <paramref name="through"/> may stay until a later call that reaches beyond it. For the walk that comes last alone.
    /// </summary>
    Task RemoveAsync(LinkEnd? after, LinkEnd through, CancellationToken cancellationToken);
}
