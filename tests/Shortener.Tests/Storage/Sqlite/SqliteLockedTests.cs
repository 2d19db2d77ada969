using Shortener.Core;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Another program has the file locked.</summary>
public sealed class SqliteLockedTests : SqliteTests
{
    [Fact]
    public async Task Writes_are_refused_and_reads_go_on_until_the_lock_is_gone()
    {
        using var database = Data.Open();
        var store = new SqliteLinkStore(database);
        var (before, refused) = (NewLink(), NewLink());
        await store.InsertAsync(before, Token);
        using (var other = OpenBeside("BEGIN EXCLUSIVE"))
        {
            var writes = new Func<Task>[]
            {
                () => store.InsertAsync(refused, Token),
                () => store.UpdateAsync(before with { Version = 2, RequestId = Guid.CreateVersion7() }, 1, Token),
                () => store.DeleteAsync(before.Alias, 1, Guid.CreateVersion7(), before.CreatedAt, Token),
            };
            var failing = writes.Select(write => FailsAsync(StoreFailure.Unavailable, write)).ToList();
            await AssertAllFoundAsync(database, [before]);
            await Task.WhenAll(failing);
            await AssertAllFoundAsync(database, [before]);
            Execute(other, "ROLLBACK");
        }

        await AssertAllFoundAsync(database, [before]);
        Assert.Equal(1, (await store.FindAsync(before.Alias, Token))!.Version);
        Assert.NotNull(await store.InsertAsync(refused, Token));
        await AssertAllFoundAsync(database, [before, refused]);
    }

    [Fact]
    public async Task A_write_waits_for_a_lock_that_goes_in_time()
    {
        using var database = Data.Open(settings => settings with { BusyTimeout = TimeSpan.FromSeconds(60) });
        var store = new SqliteLinkStore(database);
        using var other = OpenBeside("BEGIN EXCLUSIVE");
        var write = store.InsertAsync(NewLink(), Token);
        Assert.False(write.IsCompleted);
        Execute(other, "COMMIT");
        Assert.NotNull(await write);
    }

    [Fact]
    public async Task A_database_that_is_locked_when_it_is_opened_says_so()
    {
        Data.Open();
        Data.Close();
        using (OpenBeside("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE other (x); COMMIT"))
            Assert.Contains("locked", FailsToOpen(StoreFailure.Unavailable, () => Data.Open()).Message, StringComparison.Ordinal);
        using var database = Data.Open();
        Assert.NotNull(await new SqliteLinkStore(database).InsertAsync(NewLink(), Token));
    }
}
