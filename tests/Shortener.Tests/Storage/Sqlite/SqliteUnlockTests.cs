using Shortener.Core.Idempotency;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Requests that a crash left in flight.</summary>
public sealed class SqliteUnlockTests : SqliteTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.UnixEpoch.AddDays(20_000).AddHours(12);

    private static Task<BeginResult> BeginAsync(SqliteIdempotencyStore store, string key, Guid id) => store.BeginAsync(
        new IdempotentRequest("scope", key), [1], id, Noon, Noon.AddMinutes(1), Noon.AddDays(1), Token);

    [Fact]
    public async Task Unlocking_lets_unanswered_requests_be_begun_again_at_once_and_keeps_the_answers()
    {
        var (open, answered) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var store = new SqliteIdempotencyStore(Data.Open());
        await BeginAsync(store, "open", open);
        await BeginAsync(store, "answered", answered);
        await store.ChooseAliasAsync(new IdempotentRequest("scope", "open"), open, "chosen", Token);
        await store.CompleteAsync(new IdempotentRequest("scope", "answered"), answered, [7], Token);
        Data.Close();

        store = new SqliteIdempotencyStore(Data.Open());
        Assert.Equal(BeginOutcome.InFlight, (await BeginAsync(store, "open", Guid.CreateVersion7())).Outcome);
        await store.UnlockAllAsync(Token);
        Assert.Equal(new BeginResult(BeginOutcome.Started, open, "chosen"), await BeginAsync(store, "open", Guid.CreateVersion7()));
        Assert.Equal([7], (await BeginAsync(store, "answered", Guid.CreateVersion7())).Answer!);
    }
}
