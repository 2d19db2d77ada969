using Shortener.Core.Idempotency;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Requests that are forgotten make room: the table does not grow with every request ever made.</summary>
public sealed class SqliteSweepTests : SqliteTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.UnixEpoch.AddDays(20_000).AddHours(12);

    [Fact]
    public async Task Each_new_request_sweeps_out_several_that_are_forgotten_and_none_that_is_kept()
    {
        var database = Data.Open();
        var store = new SqliteIdempotencyStore(database);
        for (var i = 0; i < 100; i++) await BeginAsync(store, $"old-{i}", Noon);
        await BeginAsync(store, "kept", Noon.AddMilliseconds(1));
        for (var i = 0; i < 10; i++) await BeginAsync(store, $"new-{i}", Noon.AddDays(1));

        Assert.Equal(11, await database.ReadAsync(
            session => session.First("SELECT count(*) FROM idempotency", row => row.GetInt32(0)), Token));
    }

    private static Task<BeginResult> BeginAsync(SqliteIdempotencyStore store, string key, DateTimeOffset at) => store.BeginAsync(
        new IdempotentRequest("scope", key), [1], Guid.CreateVersion7(), at, at.AddMinutes(1), at.AddDays(1), Token);
}
