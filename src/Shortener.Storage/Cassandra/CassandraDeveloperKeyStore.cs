using Cassandra;
using Shortener.Core.Access;

namespace Shortener.Storage.Cassandra;

/// <summary>Developer keys in Cassandra.</summary>
public sealed class CassandraDeveloperKeyStore(CassandraDatabase database) : IDeveloperKeyStore
{
    private const string Columns = "id, owner, name, scopes, secret_hash, created_at, expires_at, revoked_at";
    private const string Select = $"SELECT {Columns}, revoked_by FROM developer_keys WHERE id = ?";

    /// <summary>A key is written twice at the most: these are its versions.</summary>
    private const long Inserted = 1, Revoked = 2;

    private readonly CassandraSession _session = database.Session;

    /// <summary>Keys are few: thirty days of them to a partition.</summary>
    private readonly TimeList _lists = new(database.Session, TimeSpan.FromDays(30));

    /// <inheritdoc/>
    public Task InsertAsync(DeveloperKey key, CancellationToken cancellationToken) => _session.DecideAsync(
        async mayHaveWritten =>
        {
            if (mayHaveWritten && await FirstAsync(_session.ReadDecidedAsync, key.Id, cancellationToken) is { } row)
                return IsSame(Read(row), key);
            await _lists.AddAsync(ListsOf(key.Owner), new ListEntry(key.CreatedAt, key.Id), Inserted, cancellationToken);
            var result = await _session.TryAsync(
                cancellationToken,
                new CqlStatement(
                    $"INSERT INTO developer_keys ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS",
                    key.Id, key.Owner, key.Name, (int)key.Scopes, key.SecretHash, key.CreatedAt, Given(key.ExpiresAt), Given(key.RevokedAt)));
            return result.IsApplied || IsSame(Read(result.Row!), key);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<DeveloperKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await FirstAsync(_session.ReadAsync, id, cancellationToken) is { } row ? Read(row) : null;

    /// <inheritdoc/>
    public async Task<DeveloperKeyPage> ListAsync(string? owner, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var part = await _lists.ReadAsync(
            owner is null ? OfAll : OfOwner(owner), ListCursor.Parse(cursor), limit, limit,
            async entry => await FindAsync(entry.Name, cancellationToken) is { RevokedAt: null } key ? key : null, cancellationToken);
        return new DeveloperKeyPage(part.Items, part.NextCursor);
    }

    /// <inheritdoc/>
    public Task<bool> RevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken)
    {
        var revocation = Guid.CreateVersion7();
        return _session.DecideAsync(
            async mayHaveWritten =>
            {
                if (await FirstAsync(_session.ReadDecidedAsync, id, cancellationToken) is not { } row) return false;
                var key = Read(row);
                if (key.RevokedAt is null)
                {
                    var result = await _session.TryAsync(
                        cancellationToken,
                        new CqlStatement(
                            "UPDATE developer_keys SET revoked_at = ?, revoked_by = ? WHERE id = ? IF revoked_at = null",
                            revokedAt, revocation, id));
                    if (!result.IsApplied) return false;
                }
                else if (row.GetValue<Guid?>("revoked_by") != revocation)
                {
                    return false;
                }

                await _lists.RemoveAsync(ListsOf(key.Owner), new ListEntry(key.CreatedAt, id), Revoked, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private static ListName OfAll => new("keys", "", "");

    private static ListName OfOwner(string owner) => new("keys of owner", owner, "");

    private static IEnumerable<ListName> ListsOf(string owner) => [OfAll, OfOwner(owner)];

    /// <exception cref="InvalidOperationException">Another key has the id, which is random: not by chance.</exception>
    private static bool IsSame(DeveloperKey stored, DeveloperKey key) => stored.SecretHash.AsSpan().SequenceEqual(key.SecretHash)
        ? true
        : throw new InvalidOperationException($"There is another developer key with the id {key.Id}.");

    private static object Given(DateTimeOffset? time) => time is { } given ? given : Unset.Value;

    private static async Task<Row?> FirstAsync(
        Func<CqlStatement, CancellationToken, Task<List<Row>>> readAsync, string id, CancellationToken cancellationToken) =>
        // Cassandra takes no empty key.
        id.Length > 0 && await readAsync(new(Select, id), cancellationToken) is [var row] ? row : null;

    private static DeveloperKey Read(Row row) => new(
        row.GetValue<string>("id"), row.GetValue<string>("owner"), row.GetValue<string>("name"), (Scopes)row.GetValue<int>("scopes"),
        row.GetValue<byte[]>("secret_hash"), row.GetValue<DateTimeOffset>("created_at"), row.GetValue<DateTimeOffset?>("expires_at"),
        row.GetValue<DateTimeOffset?>("revoked_at"));
}
