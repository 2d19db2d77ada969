using Cassandra;
using Shortener.Core.Idempotency;

namespace Shortener.Storage.Cassandra;

/// <summary>Requests that may be repeated, in Cassandra. Each is a row that goes by its time to live.</summary>
public sealed class CassandraIdempotencyStore(CassandraDatabase database) : IIdempotencyStore
{
    private const string Where = "WHERE scope = ? AND key = ?";

    private readonly CassandraSession _session = database.Session;

    /// <inheritdoc/>
    public Task<BeginResult> BeginAsync(
        IdempotentRequest request, byte[] fingerprint, Guid tryId, DateTimeOffset now, DateTimeOffset lockedUntil,
        DateTimeOffset keptUntil, CancellationToken cancellationToken) =>
        _session.DecideAsync(
            async mayHaveWritten =>
            {
                // At first the key is taken for unused: the condition tells, with certainty.
                var stored = mayHaveWritten ? await ReadAsync(request, cancellationToken) : null;
                while (true)
                {
                    if (stored is not null && stored.KeptUntil > now)
                    {
                        if (!stored.Fingerprint.AsSpan().SequenceEqual(fingerprint)) return new BeginResult(BeginOutcome.Different);
                        if (stored.Answer is not null) return new BeginResult(BeginOutcome.Completed, Answer: stored.Answer);
                        if (stored.TryId == tryId) return new BeginResult(BeginOutcome.Started, stored.RequestId, stored.Alias);
                        if (stored.LockedUntil > now) return new BeginResult(BeginOutcome.InFlight);
                        if (await TryAsync(
                            "UPDATE idempotency USING TTL ? SET try_id = ?, locked_until = ?", request, stored.TryId, cancellationToken,
                            stored.SecondsLeft, tryId, lockedUntil))
                        {
                            return new BeginResult(BeginOutcome.Started, stored.RequestId, stored.Alias);
                        }
                    }
                    else if (await TryAsync(
                        "UPDATE idempotency USING TTL ? SET fingerprint = ?, request_id = ?, try_id = ?, alias = null, answer = null, " +
                        "locked_until = ?, kept_until = ?",
                        request, stored?.TryId, cancellationToken,
                        (int)Math.Ceiling((keptUntil - now).TotalSeconds), fingerprint, tryId, tryId, lockedUntil, keptUntil))
                    {
                        return new BeginResult(BeginOutcome.Started, tryId);
                    }

                    stored = await ReadAsync(request, cancellationToken);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ChooseAliasAsync(IdempotentRequest request, Guid tryId, string alias, CancellationToken cancellationToken) =>
        SetAsync("alias", request, tryId, alias, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync(IdempotentRequest request, Guid tryId, byte[] answer, CancellationToken cancellationToken) =>
        SetAsync("answer", request, tryId, answer, cancellationToken);

    /// <inheritdoc/>
    public Task AbandonAsync(IdempotentRequest request, Guid tryId, CancellationToken cancellationToken) =>
        SetAsync("locked_until", request, tryId, DateTimeOffset.UnixEpoch, cancellationToken);

    /// <summary>Sets a column for the rest of the row's life, as long as the try has not been taken over.</summary>
    private Task<bool> SetAsync(
        string column, IdempotentRequest request, Guid tryId, object value, CancellationToken cancellationToken) =>
        // Written twice it is the same, so that an earlier run of which nothing is known need not be asked for.
        _session.DecideAsync(
            async _ =>
            {
                var lives = await _session.ReadAsync(
                    new($"SELECT TTL(kept_until) AS seconds_left FROM idempotency {Where}", request.Scope, request.Key), cancellationToken);
                return lives is [var life] && life.GetValue<int?>("seconds_left") is { } secondsLeft && await TryAsync(
                    $"UPDATE idempotency USING TTL ? SET {column} = ?", request, tryId, cancellationToken, secondsLeft, value);
            },
            cancellationToken);

    private async Task<bool> TryAsync(
        string update, IdempotentRequest request, Guid? ifTryIs, CancellationToken cancellationToken, params object[] values) =>
        (await _session.TryAsync(
            cancellationToken, new CqlStatement($"{update} {Where} IF try_id = ?", [.. values, request.Scope, request.Key, ifTryIs]))).IsApplied;

    private async Task<Stored?> ReadAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var rows = await _session.ReadDecidedAsync(
            new("SELECT fingerprint, request_id, try_id, alias, answer, locked_until, kept_until, TTL(kept_until) AS seconds_left " +
                $"FROM idempotency {Where}", request.Scope, request.Key),
            cancellationToken);
        return rows is [var row] ? Read(row) : null;
    }

    private static Stored Read(Row row) => row.IsNull("request_id") || row.IsNull("seconds_left")
        // Its time to live is over but for columns that were written last, a moment later.
        ? new([], default, row.GetValue<Guid?>("try_id"), null, null, default, DateTimeOffset.MinValue, 0)
        : new(
            row.GetValue<byte[]>("fingerprint"), row.GetValue<Guid>("request_id"), row.GetValue<Guid?>("try_id"),
            row.GetValue<string?>("alias"), row.GetValue<byte[]?>("answer"), row.GetValue<DateTimeOffset>("locked_until"),
            row.GetValue<DateTimeOffset>("kept_until"), row.GetValue<int>("seconds_left"));

    private sealed record Stored(
        byte[] Fingerprint, Guid RequestId, Guid? TryId, string? Alias, byte[]? Answer, DateTimeOffset LockedUntil, DateTimeOffset KeptUntil,
        int SecondsLeft);
}
