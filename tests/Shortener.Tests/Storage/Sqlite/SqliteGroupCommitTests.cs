using Shortener.Core;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Writes that share transactions, and what one of them may do to the others: nothing.</summary>
public sealed class SqliteGroupCommitTests : SqliteTests
{
    [Fact]
    public async Task Writes_that_wait_share_one_transaction()
    {
        using var database = Data.Open();
        var store = new SqliteLinkStore(database);
        var gate = await Gate.BeforeWritesAsync(database);
        var writes = Enumerable.Range(0, 300).Select(_ => store.InsertAsync(NewLink(), Token)).ToList();
        await gate.OpenAsync();
        Assert.All(await Task.WhenAll(writes), Assert.NotNull);
        Assert.Equal(2, database.Transactions);
        Assert.Equal(301, database.Writes);
    }

    [Fact]
    public async Task A_transaction_has_at_most_as_many_writes_as_it_may()
    {
        using var database = Data.Open(settings => settings with { MaxBatch = 10 });
        var store = new SqliteLinkStore(database);
        var gate = await Gate.BeforeWritesAsync(database);
        var writes = Enumerable.Range(0, 35).Select(_ => store.InsertAsync(NewLink(), Token)).ToList();
        await gate.OpenAsync();
        await Task.WhenAll(writes);
        Assert.Equal(1 + 4, database.Transactions);
    }

    [Fact]
    public async Task Many_concurrent_writers_use_far_fewer_transactions_than_writes()
    {
        using var database = Data.Open();
        var store = new SqliteLinkStore(database);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++) await store.InsertAsync(NewLink(), Token);
        })));
        Assert.Equal(64 * 20, database.Writes);
        Assert.InRange(database.Transactions, 1, database.Writes / 4);
    }

    [Fact]
    public async Task A_write_that_fails_is_undone_alone_and_harms_none_of_its_transaction()
    {
        using var database = Data.Open();
        var store = new SqliteLinkStore(database);
        var (before, after, undone) = (NewLink(), NewLink(), NewLink());
        var gate = await Gate.BeforeWritesAsync(database);
        var first = store.InsertAsync(before, Token);
        var thrown = database.WriteAsync<bool>(
            session =>
            {
                session.Execute("UPDATE links SET owner = 'thrown'");
                throw new FormatException("the caller's own");
            },
            Token);
        // The second tag breaks the table's rule after the link itself was inserted.
        var refused = store.InsertAsync(undone with { Tags = ["twice", "twice"] }, Token);
        var last = store.InsertAsync(after, Token);
        await gate.OpenAsync();

        Assert.NotNull(await first);
        Assert.NotNull(await last);
        await Assert.ThrowsAsync<FormatException>(() => thrown);
        await FailsAsync(StoreFailure.Unavailable, () => refused);
        await AssertAllFoundAsync(database, [before, after]);
        Assert.Equal("ann", (await store.FindAsync(before.Alias, Token))!.Owner);
        Assert.Equal(2, database.Transactions);
        Assert.NotNull(await store.InsertAsync(undone, Token));
    }

    [Fact]
    public async Task A_write_cancelled_while_it_waits_is_dropped_whole()
    {
        using var database = Data.Open();
        var store = new SqliteLinkStore(database);
        using var cancellation = new CancellationTokenSource();
        var (kept, dropped) = (NewLink(), NewLink());
        var gate = await Gate.BeforeWritesAsync(database);
        var cancelled = store.InsertAsync(dropped, cancellation.Token);
        var other = store.InsertAsync(kept, Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.InsertAsync(dropped, cancellation.Token));
        await gate.OpenAsync();
        Assert.NotNull(await other);
        await AssertAllFoundAsync(database, [kept]);
        Assert.Equal(2, database.Writes);
    }

    [Fact]
    public async Task A_write_cancelled_after_it_began_is_answered_when_it_is_on_disk()
    {
        using var database = Data.Open();
        var store = new SqliteLinkStore(database);
        using var cancellation = new CancellationTokenSource();
        var link = NewLink();
        await store.InsertAsync(link, Token);
        // Who forgets a cached link after its write must not do so before the write: nobody would forget it again.
        var deleted = await database.WriteAsync(
            session =>
            {
                cancellation.Cancel();
                return session.Execute("DELETE FROM links");
            },
            cancellation.Token);
        Assert.Equal(1, deleted);
        Assert.Null(await store.FindAsync(link.Alias, Token));
    }

    [Fact]
    public async Task More_writes_than_may_wait_are_refused_at_once_and_those_that_wait_are_written()
    {
        using var database = Data.Open(settings => settings with { MaxQueued = 3 });
        var store = new SqliteLinkStore(database);
        var gate = await Gate.BeforeWritesAsync(database);
        var links = Enumerable.Range(0, 3).Select(_ => NewLink()).ToList();
        var waiting = links.ConvertAll(link => store.InsertAsync(link, Token));
        await FailsAsync(StoreFailure.Unavailable, () => store.InsertAsync(NewLink(), Token));
        await gate.OpenAsync();
        await Task.WhenAll(waiting);
        await AssertAllFoundAsync(database, links);
    }

    [Fact]
    public async Task More_reads_than_may_wait_are_refused_at_once()
    {
        using var database = Data.Open(settings => settings with { MaxQueued = 3, Readers = 1 });
        var store = new SqliteLinkStore(database);
        var gate = await Gate.BeforeAReadAsync(database);
        var waiting = Enumerable.Range(0, 3).Select(_ => store.FindAsync("abc", Token)).ToList();
        await FailsAsync(StoreFailure.Unavailable, () => store.FindAsync("abc", Token));
        await gate.OpenAsync();
        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        Assert.Null(await store.FindAsync("abc", Token));
    }
}
