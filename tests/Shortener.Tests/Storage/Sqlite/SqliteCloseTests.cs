using Shortener.Core;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>What closing does with what is still under way.</summary>
public sealed class SqliteCloseTests : SqliteTests
{
    [Fact]
    public async Task Writes_that_wait_are_finished()
    {
        var database = Data.Open(settings => settings with { MaxBatch = 7 });
        var store = new SqliteLinkStore(database);
        var links = Enumerable.Range(0, 100).Select(_ => NewLink()).ToList();
        var gate = await Gate.BeforeWritesAsync(database);
        var writes = links.ConvertAll(link => store.InsertAsync(link, Token));
        var closing = Task.Run(database.Dispose, Token);
        await gate.OpenAsync();
        Assert.All(await Task.WhenAll(writes), Assert.NotNull);
        await closing;
        await AssertAllFoundAsync(Data.Open(), links);
    }

    [Fact]
    public async Task What_is_asked_for_afterwards_is_refused_with_a_sentence()
    {
        var database = Data.Open();
        var store = new SqliteLinkStore(database);
        database.Dispose();
        await FailsAsync(StoreFailure.Unavailable, () => store.InsertAsync(NewLink(), Token));
        await FailsAsync(StoreFailure.Unavailable, () => store.FindAsync("abc", Token));
    }

    [Fact]
    public async Task Every_write_that_comes_while_it_closes_is_finished_or_refused()
    {
        for (var round = 0; round < 10; round++)
        {
            var database = Data.Open();
            var store = new SqliteLinkStore(database);
            await database.WriteAsync(session => session.Execute("DELETE FROM links"), Token);
            var links = Enumerable.Range(0, 200).Select(_ => NewLink()).ToList();
            var writes = links.Select(link => Task.Run(
                async () => (Link: link, Failure: await Record.ExceptionAsync(() => store.InsertAsync(link, Token))), Token)).ToList();
            await Task.WhenAny(writes);
            database.Dispose();
            var answers = await Task.WhenAll(writes);
            Assert.All(answers.Where(answer => answer.Failure is not null), answer => Assert.IsType<StoreException>(answer.Failure));
            await AssertAllFoundAsync(Data.Open(), answers.Where(answer => answer.Failure is null).Select(answer => answer.Link));
            Data.Close();
        }
    }

    [Fact]
    public async Task A_read_that_is_running_ends_and_its_connection_is_closed_with_it()
    {
        var database = Data.Open();
        var link = NewLink();
        await new SqliteLinkStore(database).InsertAsync(link, Token);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = database.ReadAsync(
            session =>
            {
                entered.SetResult();
                closed.Task.GetAwaiter().GetResult();
                return session.First("SELECT url FROM links", row => row.GetString(0));
            },
            Token);
        await entered.Task;
        database.Dispose();
        closed.SetResult();
        Assert.Equal(link.Url, await read);
        // The last connection that closes folds the write-ahead log into the file.
        Assert.False(File.Exists(Data.File + "-wal"));
    }

    [Fact]
    public void Closing_twice_does_nothing_more()
    {
        var database = Data.Open();
        database.Dispose();
        database.Dispose();
    }
}
