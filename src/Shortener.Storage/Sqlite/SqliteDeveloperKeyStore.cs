using Microsoft.Data.Sqlite;
using Shortener.Core.Access;

namespace Shortener.Storage.Sqlite;

/// <summary>Developer keys in SQLite.</summary>
public sealed class SqliteDeveloperKeyStore(SqliteDatabase database) : IDeveloperKeyStore
{
    private const string Columns = "id, owner, name, scopes, secret_hash, created_at, expires_at, revoked_at";

    /// <inheritdoc/>
    public Task InsertAsync(DeveloperKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                $"INSERT INTO developer_keys ({Columns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)",
                key.Id, key.Owner, key.Name, (int)key.Scopes, key.SecretHash, key.CreatedAt.ToUnixTimeMilliseconds(),
                key.ExpiresAt?.ToUnixTimeMilliseconds(), key.RevokedAt?.ToUnixTimeMilliseconds()),
            cancellationToken);

    /// <inheritdoc/>
    public Task<DeveloperKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First($"SELECT {Columns} FROM developer_keys WHERE id = $0", Read, id), cancellationToken);

    /// <inheritdoc/>
    public Task<DeveloperKeyPage> ListAsync(string? owner, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var from = ListCursor.Parse(cursor);
        return database.ReadAsync(
            session =>
            {
                var rows = session.All(
                    $"SELECT {Columns} FROM developer_keys WHERE revoked_at IS NULL AND (created_at, id) < ($0, $1) " +
                    "AND ($2 IS NULL OR owner = $2) ORDER BY created_at DESC, id DESC LIMIT $3",
                    Read, from.Time, from.Name, owner, limit + 1);
                var items = rows.Take(limit).ToList();
                var next = rows.Count > limit ? new ListCursor(items[^1].CreatedAt.ToUnixTimeMilliseconds(), items[^1].Id).ToString() : null;
                return new DeveloperKeyPage(items, next);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                "UPDATE developer_keys SET revoked_at = $1 WHERE id = $0 AND revoked_at IS NULL",
                id, revokedAt.ToUnixTimeMilliseconds()) == 1,
            cancellationToken);

    private static DeveloperKey Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), (Scopes)row.GetInt32(3), row.GetFieldValue<byte[]>(4),
        SqliteTime.Read(row, 5)!.Value, SqliteTime.Read(row, 6), SqliteTime.Read(row, 7));
}
