using Cassandra;
using Shortener.Core;
using Shortener.Core.Links;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// Links in Cassandra. Every write of a link is a lightweight transaction; a time-out of one is pursued until it is known what
/// became of it (docs/decisions/0011).
/// </summary>
public sealed class CassandraLinkStore(CassandraDatabase database) : ILinkStore
{
    /// <summary>How many links a filtered page looks at before it ends short.</summary>
    private const int MaxScanned = 1_000;

    private const string Links = "links";

    private static readonly string Columns = string.Join(", ", LinkRow.Columns);
    internal static readonly string Select = $"SELECT alias, {Columns}, made_by, writers, deleted_at FROM links WHERE alias = ?";

    private static readonly string InsertNew =
        $"INSERT INTO links ({Columns}, made_by, writers, alias) " +
        $"VALUES ({string.Join(", ", LinkRow.Columns.Select(_ => "?"))}, ?, ?, ?) IF NOT EXISTS";

    private static readonly string InsertAnew =
        $"UPDATE links SET {string.Join(", ", LinkRow.Columns.Select(column => $"{column} = ?"))}, made_by = ?, writers = ?, " +
        "deleted_at = null " +
        "WHERE alias = ? IF version = ?";

    private readonly CassandraSession _session = database.Session;

    /// <summary>An hour of 200 links a second are 720,000 entries.</summary>
    private readonly TimeList _lists = new(database.Session, TimeSpan.FromHours(1));

    private readonly CassandraLinkEndStore _ends = new(database);

    /// <inheritdoc/>
    public async Task<Link?> FindAsync(string alias, CancellationToken cancellationToken) =>
        await ReadAsync(alias, cancellationToken) is { IsDeleted: false } found ? found.Link : null;

    /// <inheritdoc/>
    public Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken)
    {
        Link? tried = null;
        return _session.DecideAsync(
            async mayHaveWritten =>
            {
                // At first the alias is taken for free: the condition tells, with certainty.
                var stored = mayHaveWritten ? await ReadDecidedAsync(link.Alias, cancellationToken) : null;
                while (true)
                {
                    if (stored?.MadeBy == link.RequestId && !stored.IsDeleted) return stored.Link;
                    // An earlier run did make it, and it was deleted before that could be answered: not to be made twice.
                    if (stored?.MadeBy == link.RequestId && stored.Link.Version > tried?.Version) return tried;
                    if (stored is not null && !(stored.IsDeleted && link.IsCustom && stored.Link.Owner == link.Owner))
                    {
                        await RemoveUselessAsync(link, stored.Link, cancellationToken);
                        return null;
                    }

                    tried = stored is null
                        ? link
                        : link with { Version = stored.Link.Version + 1, Generation = stored.Link.Generation + 1 };
                    await Task.WhenAll(
                        _lists.AddAsync(ListsOf(tried, tried.Tags), EntryOf(tried), tried.Version, cancellationToken),
                        _ends.AddAsync(tried.ExpiresAt, tried, cancellationToken));
                    var result = await _session.TryAsync(cancellationToken, InsertOver(stored, tried));
                    if (result.IsApplied) return tried;
                    stored = await ReadDecidedAsync(link.Alias, cancellationToken);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> UpdateAsync(Link link, long expectedVersion, CancellationToken cancellationToken) =>
        ChangeAsync(
            new Change(link.Alias, expectedVersion, link.RequestId, IsDelete: false),
            before => Task.WhenAll(
                _lists.AddAsync(Added(before, link), EntryOf(before), link.Version, cancellationToken),
                _ends.AddAsync(link.ExpiresAt == before.ExpiresAt ? null : link.ExpiresAt, before, cancellationToken)),
            before => new CqlStatement(
                "UPDATE links SET url = ?, updated_at = ?, expires_at = ?, title = ?, tags = ?, redirect_status = ?, " +
                "is_disabled = ?, version = ?, request_id = ?, writers = ? WHERE alias = ? IF version = ? AND deleted_at = null",
                link.Url, link.UpdatedAt, link.ExpiresAt, link.Title, link.Tags, link.RedirectStatus, link.IsDisabled, link.Version,
                link.RequestId, LinkRow.WritersAfter(before, link.RequestId), link.Alias, expectedVersion),
            before => RemoveAsync(Added(link with { Owner = before.Owner }, before), before, link.Version, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(
        string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        ChangeAsync(
            new Change(alias, expectedVersion, requestId, IsDelete: true),
            before => _ends.AddAsync(deletedAt, before, cancellationToken),
            before => new CqlStatement(
                "UPDATE links SET deleted_at = ?, version = ?, request_id = ?, writers = ? WHERE alias = ? " +
                "IF version = ? AND deleted_at = null",
                deletedAt, expectedVersion + 1, requestId, LinkRow.WritersAfter(before, requestId), alias, expectedVersion),
            before => RemoveAsync(ListsOf(before, before.Tags), before, expectedVersion + 1, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<LinkPage> ListAsync(LinkQuery query, CancellationToken cancellationToken)
    {
        var cursor = ListCursor.Parse(query.Cursor);
        // Which no link carries: the list of that name is that of all links.
        if (query.Tag?.Length == 0) return new LinkPage([], null);
        var part = await _lists.ReadAsync(
            new ListName(Links, query.Owner, query.Tag ?? ""), cursor, query.Limit,
            query.State is null ? query.Limit : Math.Max(query.Limit, MaxScanned),
            async entry =>
                await FindAsync(entry.Name, cancellationToken) is { } link && IsMeant(link, entry, query) ? link : null,
            cancellationToken);
        return new LinkPage(part.Items, part.NextCursor);
    }

    private static CqlStatement InsertOver(LinkRow? stored, Link link)
    {
        object[] further = [link.RequestId, LinkRow.WritersAfter(stored, link.RequestId), link.Alias];
        return stored is null
            ? new(InsertNew, [.. LinkRow.Values(link).Select(value => value ?? Unset.Value), .. further])
            : new(InsertAnew, [.. LinkRow.Values(link), .. further, stored.Link.Version]);
    }

    /// <summary>Writes over a version of a link, with what must be listed before and what must be listed no more after.</summary>
    private async Task<bool> ChangeAsync(
        Change change, Func<Link, Task> prepareAsync, Func<LinkRow, CqlStatement> write, Func<Link, Task> finishAsync,
        CancellationToken cancellationToken)
    {
        var isDone = await _session.DecideAsync<bool?>(
            async mayHaveWritten =>
            {
                // What was acknowledged as a rule is what is to be changed: the condition tells, with certainty.
                var before = mayHaveWritten ? null : await ReadAsync(change.Alias, cancellationToken);
                if (before is null || !change.IsMeantFor(before)) before = await ReadDecidedAsync(change.Alias, cancellationToken);
                while (before is not null && change.IsMeantFor(before))
                {
                    await prepareAsync(before.Link);
                    if ((await _session.TryAsync(cancellationToken, write(before))).IsApplied)
                    {
                        await finishAsync(before.Link);
                        return true;
                    }

                    before = await ReadDecidedAsync(change.Alias, cancellationToken);
                }

                return before is not null ? change.IsDoneBy(before, mayHaveWritten) : false;
            },
            cancellationToken);
        return isDone ?? throw new StoreException(
            StoreFailure.UnknownOutcome, $"Others have changed '{change.Alias}' since a change of it whose answer was lost.");
    }

    private static bool IsMeant(Link link, ListEntry entry, LinkQuery query) =>
        link.Owner == query.Owner && link.CreatedAt == entry.CreatedAt
        && (query.Tag is null || link.Tags.Contains(query.Tag, StringComparer.Ordinal))
        && (query.State is null || link.StateAt(query.Now) == query.State);

    private static ListEntry EntryOf(Link link) => new(link.CreatedAt, link.Alias);

    private static IEnumerable<ListName> ListsOf(Link link, IEnumerable<string> tags) =>
        TagsOf(link, tags).Prepend(new ListName(Links, link.Owner, ""));

    private static IEnumerable<ListName> TagsOf(Link link, IEnumerable<string> tags) =>
        tags.Select(tag => new ListName(Links, link.Owner, tag));

    /// <summary>The lists that <paramref name="after"/> is in by its tags, and <paramref name="before"/> is not.</summary>
    private static IEnumerable<ListName> Added(Link before, Link after) =>
        TagsOf(before, after.Tags.Except(before.Tags, StringComparer.Ordinal));

    private async Task<LinkRow?> ReadAsync(string alias, CancellationToken cancellationToken) =>
        await _session.ReadAsync(new(Select, alias), cancellationToken) is [var row] ? LinkRow.Read(row) : null;

    private async Task<LinkRow?> ReadDecidedAsync(string alias, CancellationToken cancellationToken) =>
        await _session.ReadDecidedAsync(new(Select, alias), cancellationToken) is [var row] ? LinkRow.Read(row) : null;

    /// <summary>Removes the entries of an insert that found its alias taken, unless they are those of the link that has it.</summary>
    private Task RemoveUselessAsync(Link link, Link stored, CancellationToken cancellationToken) =>
        EntryOf(stored) == EntryOf(link) && stored.Owner == link.Owner
            ? Task.CompletedTask
            : RemoveAsync(ListsOf(link, link.Tags), link, link.Version, cancellationToken);

    private async Task RemoveAsync(IEnumerable<ListName> lists, Link link, long version, CancellationToken cancellationToken)
    {
        try
        {
            await _lists.RemoveAsync(lists, EntryOf(link), version, cancellationToken);
        }
        catch (StoreException)
        {
            // What was asked for is done. An entry that stays names nothing, and whoever lists passes over it.
        }
    }

    /// <summary>An update or delete of one version.</summary>
    private sealed record Change(string Alias, long ExpectedVersion, Guid RequestId, bool IsDelete)
    {
        public bool IsMeantFor(LinkRow row) => !row.IsDeleted && row.Link.Version == ExpectedVersion;

        /// <summary>
        /// Whether it took place, by a row that it is not meant for. Null: so many others have written over what an earlier run of
        /// this call may have written that nobody can tell any more.
        /// </summary>
        public bool? IsDoneBy(LinkRow row, bool mayHaveWritten) =>
            row.Link.RequestId == RequestId && row.IsDeleted == IsDelete ? true
            : !mayHaveWritten ? false
            : row.Writers.Contains(RequestId) ? true
            : row.Link.Version - ExpectedVersion <= row.Writers.Count ? false
            : null;
    }
}
