namespace Shortener.Core.Links;

/// <summary>
/// Where links are kept. Every implementation passes the same contract suite (tests/.../Contract/LinkStoreContract).
/// </summary>
/// <remarks>
/// <para>Every write is atomic, conditional, and durable when its task completes: what was answered survives kill -9.</para>
/// <para>Calls may come from any thread and in any number, and return without blocking the calling thread: it may be a
/// socket's.</para>
/// <para>A store that cannot answer throws <see cref="StoreException"/>; it never says "absent" for "unknown". A write whose
/// exception says <see cref="StoreFailure.UnknownOutcome"/> may have taken place; repeating it with the same
/// <see cref="Link.RequestId"/> is safe.</para>
/// </remarks>
public interface ILinkStore
{
    /// <summary>The link, also an expired or disabled one; null where there is none or it is deleted.</summary>
    Task<Link?> FindAsync(string alias, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts <paramref name="link"/> if its alias is free and returns what is stored. Null: the alias is taken. Free is an
    /// alias that never was used, or a custom request for one that the same owner deleted: then version and generation go
    /// on from the deleted link's. Repeating an insert that took place (same alias and request id) returns the link as it is
    /// now, as long as it is not deleted.
    /// </summary>
    Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken);

    /// <summary>
    /// Writes <paramref name="link"/> over version <paramref name="expectedVersion"/>. Alias, owner, creation time and
    /// generation stay. False: there is no such link, or it is at another version; nothing was written. Repeating a write
    /// that took place (same request id) is true again, as long as nothing was written since.
    /// </summary>
    Task<bool> UpdateAsync(Link link, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes version <paramref name="expectedVersion"/> of a link; its alias stays taken for everybody but its owner.
    /// False: there is no such link, or it is at another version. Repeating a delete that took place (same request id) is
    /// true again, as long as the link was not made anew since.
    /// </summary>
    Task<bool> DeleteAsync(
        string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt, CancellationToken cancellationToken);

    /// <summary>
    /// One page of an owner's links, newest first (ties by alias, descending). A page may be shorter than asked for, even
    /// empty, while its cursor says that there is more: a filter that matches little is not searched for without end. A
    /// link that stays throughout is seen exactly once over all pages, whatever is made or deleted meanwhile.
    /// </summary>
    /// <exception cref="InvalidCursorException">The cursor is none that this store handed out.</exception>
    Task<LinkPage> ListAsync(LinkQuery query, CancellationToken cancellationToken);
}

/// <summary>What to list: an owner's links, at most <paramref name="Limit"/> of them (1 to 1,000), from a cursor on.</summary>
/// <param name="Owner">Whose links.</param>
/// <param name="Limit">The most links on the page.</param>
/// <param name="Cursor">Where an earlier page ended; null: the newest link.</param>
/// <param name="Tag">Only links that carry this tag; null: all.</param>
/// <param name="State">Only links in this state at <paramref name="Now"/>; null: all.</param>
/// <param name="Now">The time that <paramref name="State"/> is judged at.</param>
public sealed record LinkQuery(string Owner, int Limit, string? Cursor, string? Tag, LinkState? State, DateTimeOffset Now);

/// <summary>A page of links and the opaque cursor of the next one; null: this was the last.</summary>
public sealed record LinkPage(IReadOnlyList<Link> Items, string? NextCursor);

/// <summary>A list cursor that this store did not hand out.</summary>
public sealed class InvalidCursorException() : Exception("The cursor is not one that this service handed out.");
