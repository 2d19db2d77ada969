namespace Shortener.Core.Visits;

/// <summary>
/// Where visits are counted, each exactly once. Every implementation passes the same contract suite
/// (tests/.../Contract/VisitStoreContract).
/// </summary>
/// <remarks>
/// <para>Visits come in segments. A spool, one for each start of a process, numbers its segments 1, 2, 3, ... and hands them over
/// in that order, one at a time: <see cref="AddAsync"/>, again after a failure until it succeeds, then
/// <see cref="MarkStoredAsync"/>; then the segment may be deleted. After a crash the next process asks
/// <see cref="StoredThroughAsync"/> and goes on with the segments behind. Different spools may be added at the same time.</para>
/// <para>What was added counts at once, in every answer here, and is durable when its task completes. A failed
/// <see cref="AddAsync"/> may have added a part; repeating it adds the rest.</para>
/// <para>Reading a link costs the same however many visits other links have.</para>
/// <para>Failures and threads as in <see cref="Links.ILinkStore"/>; each call may be repeated after any failure.</para>
/// </remarks>
public interface IVisitStore
{
    /// <summary>
    /// Keeps visits of a segment one by one, before its counts are added. As many of a link's visits are kept, the newest, as the
    /// store was told, and as long. Repeating it, also at once with itself, changes nothing; after a failure a part may be kept.
    /// </summary>
    /// <param name="spool">The spool's id.</param>
    /// <param name="number">The segment's number in the spool, 1 or more.</param>
    /// <param name="visits">The visits; an index always with the same visit. No more of a link than are kept.</param>
    /// <param name="cancellationToken">Gives up; as a failure it may leave a part kept.</param>
    Task AddRawAsync(Guid spool, long number, IReadOnlyList<SegmentVisit> visits, CancellationToken cancellationToken);

    /// <summary>
    /// One page of a link's visits, newest first, each on one page only. All pages together end with the oldest visit that is to
    /// be kept, counted from where the first page began.
    /// </summary>
    /// <exception cref="Links.InvalidCursorException">The cursor is none that this store handed out.</exception>
    Task<RawVisitPage> ReadRawAsync(RawVisitQuery query, CancellationToken cancellationToken);

    /// <summary>Adds a segment's counts. Repeating it, also at once with itself, changes nothing.</summary>
    /// <param name="spool">The spool's id.</param>
    /// <param name="number">The segment's number in the spool, 1 or more.</param>
    /// <param name="counts">The counts; for the same segment always the same, and not changed during the call.</param>
    /// <param name="now">The time, by which later work for these counts is planned.</param>
    /// <param name="cancellationToken">Gives up; as a failure it may leave a part added.</param>
    Task AddAsync(Guid spool, long number, SegmentCounts counts, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Says that all segments up to this one have been added, none of which will be added again. An earlier number changes
    /// nothing.
    /// </summary>
    Task MarkStoredAsync(Guid spool, long number, CancellationToken cancellationToken);

    /// <summary>
    /// The last segment that need not be added again: the highest that was marked as stored, or a later one that was added. 0:
    /// none, or the spool is not known.
    /// </summary>
    Task<long> StoredThroughAsync(Guid spool, CancellationToken cancellationToken);

    /// <summary>
    /// Brings what is stored into the form in which it is read fast and kept: folds segments that are marked as stored into the
    /// counts of their days, and the hours of old days into the day; removes visits that were kept one by one and are too old.
    /// Changes no answer but that of queries by the hour, and that not before hours have the age set. To be called every few
    /// minutes; may run several times at once, and be cut off anywhere.
    /// </summary>
    Task RollUpAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The counts that a query asks for; intervals and values without visits are not among them.</summary>
    Task<IReadOnlyList<VisitCount>> ReadAsync(VisitQuery query, CancellationToken cancellationToken);

    /// <summary>All visits of each link, in the order of <paramref name="links"/>, 100 of them at most.</summary>
    Task<IReadOnlyList<VisitTotal>> TotalsAsync(IReadOnlyList<LinkGeneration> links, CancellationToken cancellationToken);

    /// <summary>
    /// Everything that visits are counted for, in pages of 1 to 100, in no order: what has visits throughout comes once, what
    /// gets its first or is forgotten meanwhile may come. Takes as long as the store is large.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LinkGeneration>> LinksAsync(CancellationToken cancellationToken);

    /// <summary>The visitors of each UTC day from the first to the last with visits, in order.</summary>
    Task<IReadOnlyList<DayVisitors>> VisitorsAsync(
        LinkGeneration link, DateOnly first, DateOnly last, CancellationToken cancellationToken);

    /// <summary>
    /// Removes all about a link, which has ended long ago. Where it is extended after that, visits of later months than those
    /// that it had visits in count again; others may be lost.
    /// </summary>
    Task ForgetAsync(LinkGeneration link, CancellationToken cancellationToken);
}
