using System.Text.Json;
using Microsoft.Data.Sqlite;
using Shortener.Core.Links;

namespace Shortener.Storage.Sqlite;

/// <summary>Links in SQLite.</summary>
public sealed class SqliteLinkStore(SqliteDatabase database) : ILinkStore
{
    /// <summary>How many links a filtered page looks at before it ends short.</summary>
    private const int MaxScanned = 1_000;

    private const string Columns =
        "alias, owner, url, is_custom, created_at, updated_at, expires_at, title, tags, redirect_status, is_disabled, " +
        "version, generation, request_id";

    /// <inheritdoc/>
    public Task<Link?> FindAsync(string alias, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First($"SELECT {Columns} FROM links WHERE alias = $0 AND deleted_at IS NULL", Read, alias),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Insert(session, link), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UpdateAsync(Link link, long expectedVersion, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Update(session, link, expectedVersion), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(
        string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Delete(session, alias, expectedVersion, requestId, deletedAt), cancellationToken);

    /// <inheritdoc/>
    public Task<LinkPage> ListAsync(LinkQuery query, CancellationToken cancellationToken)
    {
        var cursor = ListCursor.Parse(query.Cursor);
        return database.ReadAsync(session => List(session, query, cursor), cancellationToken);
    }

    private static Link? Insert(SqliteSession session, Link link)
    {
        var taken = session.First(
            $"SELECT {Columns}, deleted_at, made_by = $1 FROM links WHERE alias = $0",
            row => (Link: Read(row), IsDeleted: !row.IsDBNull(14), IsRepeated: row.GetBoolean(15)),
            link.Alias, link.RequestId.ToByteArray());
        if (taken.Link is { } existing)
        {
            if (!taken.IsDeleted) return taken.IsRepeated ? existing : null;
            if (!link.IsCustom || existing.Owner != link.Owner) return null;
            link = link with { Version = existing.Version + 1, Generation = existing.Generation + 1 };
            session.Execute("DELETE FROM links WHERE alias = $0", link.Alias);
        }

        session.Execute(
            $"INSERT INTO links ({Columns}, made_by) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
            link.Alias, link.Owner, link.Url, link.IsCustom, Millis(link.CreatedAt), Millis(link.UpdatedAt),
            Millis(link.ExpiresAt), link.Title, JsonSerializer.Serialize(link.Tags), link.RedirectStatus, link.IsDisabled,
            link.Version, link.Generation, link.RequestId.ToByteArray());
        SqliteLinkEndStore.Move(session, from: null, link.ExpiresAt, link);
        InsertTags(session, link);
        return link;
    }

    private static bool Update(SqliteSession session, Link link, long expectedVersion)
    {
        var before = session.First(
            $"SELECT {Columns} FROM links WHERE alias = $0 AND deleted_at IS NULL", Read, link.Alias);
        if (before?.Version != expectedVersion) return before?.RequestId == link.RequestId;
        session.Execute(
            "UPDATE links SET url = $1, updated_at = $2, expires_at = $3, title = $4, tags = $5, redirect_status = $6, " +
            "is_disabled = $7, version = $8, request_id = $9 WHERE alias = $0",
            link.Alias, link.Url, Millis(link.UpdatedAt), Millis(link.ExpiresAt), link.Title,
            JsonSerializer.Serialize(link.Tags), link.RedirectStatus, link.IsDisabled, link.Version,
            link.RequestId.ToByteArray());
        SqliteLinkEndStore.Move(session, before.ExpiresAt, link.ExpiresAt, before);
        DeleteTags(session, before);
        InsertTags(session, link with { Owner = before.Owner, CreatedAt = before.CreatedAt });
        return true;
    }

    private static bool Delete(SqliteSession session, string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt)
    {
        var found = session.First(
            $"SELECT {Columns}, deleted_at FROM links WHERE alias = $0", row => (Link: Read(row), IsDeleted: !row.IsDBNull(14)), alias);
        if (found.Link is null) return false;
        if (found.IsDeleted) return found.Link.RequestId == requestId;
        if (found.Link.Version != expectedVersion) return false;
        session.Execute(
            "UPDATE links SET deleted_at = $1, version = version + 1, request_id = $2 WHERE alias = $0",
            alias, Millis(deletedAt), requestId.ToByteArray());
        // A link that had expired before ended then.
        var expiry = found.Link.ExpiresAt > deletedAt ? found.Link.ExpiresAt : null;
        SqliteLinkEndStore.Move(session, expiry, deletedAt, found.Link);
        DeleteTags(session, found.Link);
        return true;
    }

    private static LinkPage List(SqliteSession session, LinkQuery query, ListCursor cursor)
    {
        // One row more than is looked at tells whether there is a next page.
        var scanned = query.State is null ? query.Limit : Math.Max(query.Limit, MaxScanned);
        var rows = query.Tag is null
            ? session.All(
                $"SELECT {Columns} FROM links WHERE owner = $0 AND deleted_at IS NULL AND (created_at, alias) < ($1, $2) " +
                "ORDER BY created_at DESC, alias DESC LIMIT $3",
                Read, query.Owner, cursor.Time, cursor.Name, scanned + 1)
            : session.All(
                $"SELECT {Columns} FROM links WHERE alias IN (SELECT alias FROM link_tags WHERE owner = $0 AND tag = $1 " +
                "AND (created_at, alias) < ($2, $3) ORDER BY created_at DESC, alias DESC LIMIT $4) " +
                "ORDER BY created_at DESC, alias DESC",
                Read, query.Owner, query.Tag, cursor.Time, cursor.Name, scanned + 1);

        var items = new List<Link>(query.Limit);
        var seen = 0;
        while (seen < Math.Min(rows.Count, scanned) && items.Count < query.Limit)
        {
            var link = rows[seen++];
            if (query.State is null || link.StateAt(query.Now) == query.State) items.Add(link);
        }

        return new LinkPage(items, seen < rows.Count ? new ListCursor(Millis(rows[seen - 1].CreatedAt), rows[seen - 1].Alias).ToString() : null);
    }

    private static void InsertTags(SqliteSession session, Link link)
    {
        foreach (var tag in link.Tags)
        {
            session.Execute(
                "INSERT INTO link_tags (owner, tag, created_at, alias) VALUES ($0, $1, $2, $3)",
                link.Owner, tag, Millis(link.CreatedAt), link.Alias);
        }
    }

    private static void DeleteTags(SqliteSession session, Link link)
    {
        foreach (var tag in link.Tags)
        {
            session.Execute(
                "DELETE FROM link_tags WHERE owner = $0 AND tag = $1 AND created_at = $2 AND alias = $3",
                link.Owner, tag, Millis(link.CreatedAt), link.Alias);
        }
    }

    private static Link Read(SqliteDataReader row) => new()
    {
        Alias = row.GetString(0),
        Owner = row.GetString(1),
        Url = row.GetString(2),
        IsCustom = row.GetBoolean(3),
        CreatedAt = SqliteTime.Read(row, 4)!.Value,
        UpdatedAt = SqliteTime.Read(row, 5)!.Value,
        ExpiresAt = SqliteTime.Read(row, 6),
        Title = row.IsDBNull(7) ? null : row.GetString(7),
        Tags = JsonSerializer.Deserialize<List<string>>(row.GetString(8)) ?? throw new JsonException("no tags"),
        RedirectStatus = row.GetInt32(9),
        IsDisabled = row.GetBoolean(10),
        Version = row.GetInt64(11),
        Generation = row.GetInt32(12),
        RequestId = new Guid(row.GetFieldValue<byte[]>(13)),
    };

    private static long Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static long? Millis(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
