using Microsoft.Data.Sqlite;
using Shortener.Core.Keys;

namespace Shortener.Storage.Sqlite;

/// <summary>Key spaces and leased blocks in SQLite.</summary>
public sealed class SqliteKeyBlockStore(SqliteDatabase database) : IKeyBlockStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<KeySpace>> ActivateAsync(
        KeySpace? requested, KeySpace whenNone, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<KeySpace>>(session => Activate(session, requested, whenNone), cancellationToken);

    /// <inheritdoc/>
    public Task<LeaseResult> LeaseAsync(
        string spaceId, int count, Guid leaseId, string holder, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Lease(session, spaceId, count, leaseId, holder), cancellationToken);

    /// <inheritdoc/>
    public Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var isFirst = session.Execute(
                    "UPDATE key_blocks SET is_returned = 1 WHERE lease_id = $0 AND epoch = $1 AND is_returned = 0",
                    block.LeaseId.ToByteArray(), block.Epoch) == 1;
                if (!isFirst) return false;
                foreach (var range in unused.Where(range => range.Count > 0)) InsertFree(session, block.SpaceId, range);
                return true;
            },
            cancellationToken);

    private static List<KeySpace> Activate(SqliteSession session, KeySpace? requested, KeySpace whenNone)
    {
        var wanted = requested
            ?? session.First(
                "SELECT id, length, secret, next FROM key_spaces WHERE length = $0 AND is_active = 1", ReadSpace, whenNone.Length)
            ?? whenNone;
        session.Execute(
            "INSERT INTO key_spaces (id, length, secret, next, epoch, is_active) VALUES ($0, $1, $2, 0, 0, 1) " +
            "ON CONFLICT (id) DO NOTHING",
            wanted.Id, wanted.Length, wanted.Secret);
        session.Execute("UPDATE key_spaces SET is_active = (id = $0) WHERE length = $1", wanted.Id, wanted.Length);
        return session.All(
            "SELECT id, length, secret, next FROM key_spaces WHERE length = $0 ORDER BY is_active DESC, id", ReadSpace, wanted.Length);
    }

    private static List<KeySpace> Closed(SqliteSession session, int length) => session.All(
        "SELECT id, length, secret, next FROM key_spaces WHERE length = $0 AND is_active = 0", ReadSpace, length);

    private static LeaseResult Lease(SqliteSession session, string spaceId, int count, Guid leaseId, string holder)
    {
        var earlier = session.First(
            "SELECT first, end, epoch FROM key_blocks WHERE lease_id = $0",
            row => new KeyBlock(leaseId, spaceId, new KeyRange(row.GetInt64(0), row.GetInt64(1)), row.GetInt64(2)),
            leaseId.ToByteArray());
        if (earlier is not null) return new LeaseResult(LeaseOutcome.Leased, earlier, Closed(session, KeySpace.LengthOf(spaceId)));

        var space = session.First(
            "SELECT next, epoch, is_active, length FROM key_spaces WHERE id = $0",
            row => (Next: row.GetInt64(0), Epoch: row.GetInt64(1), IsActive: row.GetBoolean(2), Length: row.GetInt32(3)), spaceId);
        if (!space.IsActive) return new LeaseResult(LeaseOutcome.Closed, null);
        if (TakeFree(session, spaceId, count) is not { } numbers)
        {
            numbers = new KeyRange(space.Next, space.Next + Math.Min(count, KeySpace.CapacityOf(space.Length) - space.Next));
            if (numbers.Count == 0) return new LeaseResult(LeaseOutcome.Exhausted, null);
            session.Execute("UPDATE key_spaces SET next = $1 WHERE id = $0", spaceId, numbers.End);
        }

        var block = new KeyBlock(leaseId, spaceId, numbers, space.Epoch + 1);
        session.Execute("UPDATE key_spaces SET epoch = $1 WHERE id = $0", spaceId, block.Epoch);
        session.Execute(
            "INSERT INTO key_blocks (lease_id, space_id, first, end, epoch, holder, is_returned) VALUES ($0, $1, $2, $3, $4, $5, 0)",
            leaseId.ToByteArray(), spaceId, numbers.First, numbers.End, block.Epoch, holder);
        return new LeaseResult(LeaseOutcome.Leased, block, Closed(session, space.Length));
    }

    private static KeyRange? TakeFree(SqliteSession session, string spaceId, int count)
    {
        var free = session.First(
            "SELECT first, end FROM free_numbers WHERE space_id = $0 ORDER BY first LIMIT 1",
            row => new KeyRange(row.GetInt64(0), row.GetInt64(1)), spaceId);
        if (free.Count == 0) return null;
        session.Execute("DELETE FROM free_numbers WHERE space_id = $0 AND first = $1", spaceId, free.First);
        var taken = free with { End = Math.Min(free.End, free.First + count) };
        if (taken.End < free.End) InsertFree(session, spaceId, new KeyRange(taken.End, free.End));
        return taken;
    }

    private static void InsertFree(SqliteSession session, string spaceId, KeyRange range) =>
        session.Execute("INSERT INTO free_numbers (space_id, first, end) VALUES ($0, $1, $2)", spaceId, range.First, range.End);

    private static KeySpace ReadSpace(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3));
}
