using Shortener.Core.Idempotency;

namespace Shortener.Storage.Sqlite;

/// <summary>Requests that may be repeated, in SQLite. Forgotten ones are swept out a few at a time by the writes.</summary>
public sealed class SqliteIdempotencyStore(SqliteDatabase database) : IIdempotencyStore
{
    private const int SweptPerWrite = 20;

    /// <summary>
    /// Unlocks what a crash left locked. One process at a time has the database, so at its start no request is in flight.
    /// </summary>
    public Task UnlockAllAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute("UPDATE idempotency SET locked_until = 0 WHERE answer IS NULL"), cancellationToken);

    /// <inheritdoc/>
    public Task<BeginResult> BeginAsync(
        IdempotentRequest request, byte[] fingerprint, Guid tryId, DateTimeOffset now, DateTimeOffset lockedUntil,
        DateTimeOffset keptUntil, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                Sweep(session, now);
                var found = session.First(
                    "SELECT fingerprint, request_id, alias, answer, locked_until, kept_until FROM idempotency " +
                    "WHERE scope = $0 AND key = $1 AND kept_until > $2",
                    row => new
                    {
                        Fingerprint = row.GetFieldValue<byte[]>(0),
                        RequestId = new Guid(row.GetFieldValue<byte[]>(1)),
                        Alias = row.IsDBNull(2) ? null : row.GetString(2),
                        Answer = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
                        LockedUntil = row.GetInt64(4),
                    },
                    request.Scope, request.Key, now.ToUnixTimeMilliseconds());
                if (found is null)
                {
                    session.Execute(
                        "INSERT OR REPLACE INTO idempotency (scope, key, fingerprint, request_id, try_id, locked_until, kept_until) " +
                        "VALUES ($0, $1, $2, $3, $3, $4, $5)",
                        request.Scope, request.Key, fingerprint, tryId.ToByteArray(),
                        lockedUntil.ToUnixTimeMilliseconds(), keptUntil.ToUnixTimeMilliseconds());
                    return new BeginResult(BeginOutcome.Started, tryId);
                }

                if (!found.Fingerprint.AsSpan().SequenceEqual(fingerprint)) return new BeginResult(BeginOutcome.Different);
                if (found.Answer is not null) return new BeginResult(BeginOutcome.Completed, Answer: found.Answer);
                if (found.LockedUntil > now.ToUnixTimeMilliseconds()) return new BeginResult(BeginOutcome.InFlight);
                session.Execute(
                    "UPDATE idempotency SET locked_until = $2, try_id = $3 WHERE scope = $0 AND key = $1",
                    request.Scope, request.Key, lockedUntil.ToUnixTimeMilliseconds(), tryId.ToByteArray());
                return new BeginResult(BeginOutcome.Started, found.RequestId, found.Alias);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ChooseAliasAsync(IdempotentRequest request, Guid tryId, string alias, CancellationToken cancellationToken) =>
        SetAsync("alias = $3", request, tryId, alias, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync(IdempotentRequest request, Guid tryId, byte[] answer, CancellationToken cancellationToken) =>
        SetAsync("answer = $3", request, tryId, answer, cancellationToken);

    /// <inheritdoc/>
    public Task AbandonAsync(IdempotentRequest request, Guid tryId, CancellationToken cancellationToken) =>
        SetAsync("locked_until = $3", request, tryId, 0, cancellationToken);

    /// <summary>Sets a column as long as the try has not been taken over.</summary>
    private Task<bool> SetAsync(
        string assignment, IdempotentRequest request, Guid tryId, object value, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                $"UPDATE idempotency SET {assignment} WHERE scope = $0 AND key = $1 AND try_id = $2",
                request.Scope, request.Key, tryId.ToByteArray(), value) == 1,
            cancellationToken);

    private static void Sweep(SqliteSession session, DateTimeOffset now) =>
        session.Execute(
            "DELETE FROM idempotency WHERE (scope, key) IN " +
            "(SELECT scope, key FROM idempotency WHERE kept_until <= $0 ORDER BY kept_until LIMIT $1)",
            now.ToUnixTimeMilliseconds(), SweptPerWrite);
}
