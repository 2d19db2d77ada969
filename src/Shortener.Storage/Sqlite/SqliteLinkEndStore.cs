using Microsoft.Data.Sqlite;
using Shortener.Core.Links;

namespace Shortener.Storage.Sqlite;

/// <summary>Ends of links in SQLite, each written in the transaction that makes it so.</summary>
public sealed class SqliteLinkEndStore(SqliteDatabase database) : ILinkEndStore
{
    private const string Columns = "ends_at, alias, generation";

    /// <inheritdoc/>
    public Task<IReadOnlyList<LinkEnd>> ListAsync(
        LinkEnd? after, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LinkEnd>>(
            session => session.All(
                $"SELECT {Columns} FROM link_ends WHERE ({Columns}) > ($0, $1, $2) AND ends_at < $3 ORDER BY {Columns} LIMIT $4",
                Read, after?.At.ToUnixTimeMilliseconds() ?? long.MinValue, after?.Alias ?? "", after?.Generation ?? 0,
                LinkEnd.HourOf(until) * (long)TimeSpan.FromHours(1).TotalMilliseconds, limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LinkLife?> FindAsync(string alias, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First(
                "SELECT generation, expires_at, deleted_at FROM links WHERE alias = $0",
                row => new LinkLife(row.GetInt32(0), SqliteTime.Read(row, 1), SqliteTime.Read(row, 2)), alias),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LinkEnd?> FindCheckpointAsync(string walk, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First($"SELECT {Columns} FROM link_end_walks WHERE walk = $0", Read, walk), cancellationToken);

    /// <inheritdoc/>
    public Task SaveCheckpointAsync(string walk, LinkEnd passed, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                $"INSERT OR REPLACE INTO link_end_walks (walk, {Columns}) VALUES ($0, $1, $2, $3)",
                walk, passed.At.ToUnixTimeMilliseconds(), passed.Alias, passed.Generation),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(LinkEnd? after, LinkEnd through, CancellationToken cancellationToken) =>
        database.WriteAsync(
            // From the first one on: there are none before those of the walk that removes.
            session => session.Execute(
                $"DELETE FROM link_ends WHERE ({Columns}) <= ($0, $1, $2)",
                through.At.ToUnixTimeMilliseconds(), through.Alias, through.Generation),
            cancellationToken);

    /// <summary>
    /// Writes down that a link has another end than before; null: none. The earlier one goes, so that a link can be deleted where
    /// there is no room for more.
    /// </summary>
    internal static void Move(SqliteSession session, DateTimeOffset? from, DateTimeOffset? to, Link link)
    {
        if (from == to) return;
        if (from is { } earlier)
        {
            session.Execute(
                $"DELETE FROM link_ends WHERE ({Columns}) = ($0, $1, $2)",
                earlier.ToUnixTimeMilliseconds(), link.Alias, link.Generation);
        }

        if (to is { } time)
        {
            session.Execute(
                $"INSERT OR IGNORE INTO link_ends ({Columns}) VALUES ($0, $1, $2)",
                time.ToUnixTimeMilliseconds(), link.Alias, link.Generation);
        }
    }

    private static LinkEnd Read(SqliteDataReader row) => new(SqliteTime.Read(row, 0)!.Value, row.GetString(1), row.GetInt32(2));
}
