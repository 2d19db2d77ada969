using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Whose threads the work is done on: never the caller's, which may be a socket's.</summary>
public sealed class SqliteThreadTests : SqliteTests
{
    [Fact]
    public async Task A_read_never_runs_on_its_callers_thread()
    {
        var database = Data.Open(settings => settings with { Readers = 2 });
        var (caller, threads) = await FromASocketsThreadAsync(() =>
            Task.WhenAll(Enumerable.Range(0, 50).Select(_ => database.ReadAsync(_ => Thread.CurrentThread, Token))));
        Assert.DoesNotContain(caller, threads);
        Assert.All(threads, thread => Assert.True(thread.IsThreadPoolThread));
    }

    [Fact]
    public async Task A_read_that_waits_for_a_connection_does_not_block_its_caller_and_runs_elsewhere()
    {
        var database = Data.Open(settings => settings with { Readers = 1 });
        var gate = await Gate.BeforeAReadAsync(database);
        Task<Thread>[] reads = [];
        // That it completes at all, while the only connection is busy, shows that the calls returned.
        var (caller, _) = await FromASocketsThreadAsync(() =>
        {
            reads = [.. Enumerable.Range(0, 20).Select(_ => database.ReadAsync(_ => Thread.CurrentThread, Token))];
            return Task.FromResult(true);
        });
        Assert.All(reads, read => Assert.False(read.IsCompleted));
        await gate.OpenAsync();
        Assert.All(await Task.WhenAll(reads), thread => Assert.True(thread != caller && thread.IsThreadPoolThread));
    }

    [Fact]
    public async Task A_write_does_not_block_its_caller_and_its_answer_does_not_hold_up_the_writer()
    {
        var database = Data.Open();
        var gate = await Gate.BeforeWritesAsync(database);
        Task<Thread> write = null!;
        Task<Thread> afterwards = null!;
        var (caller, _) = await FromASocketsThreadAsync(() =>
        {
            write = database.WriteAsync(_ => Thread.CurrentThread, Token);
            afterwards = write.ContinueWith(
                _ => Thread.CurrentThread, Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return Task.FromResult(true);
        });
        Assert.False(write.IsCompleted);
        await gate.OpenAsync();
        var writer = await write;
        Assert.NotEqual(caller, writer);
        Assert.NotEqual(writer, await afterwards);
    }

    [Fact]
    public async Task Reads_go_on_while_a_write_is_under_way_and_see_nothing_of_it_before_its_end()
    {
        var database = Data.Open();
        var store = new SqliteLinkStore(database);
        var link = NewLink();
        var inserted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await store.InsertAsync(link, Token);
        var write = database.WriteAsync(
            session =>
            {
                session.Execute("DELETE FROM links");
                inserted.SetResult();
                seen.Task.GetAwaiter().GetResult();
                return true;
            },
            Token);
        await inserted.Task;
        Assert.NotNull(await store.FindAsync(link.Alias, Token));
        seen.SetResult();
        await write;
        Assert.Null(await store.FindAsync(link.Alias, Token));
    }

    private static async Task<(Thread Caller, T Result)> FromASocketsThreadAsync<T>(Func<Task<T>> call)
    {
        var started = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => started.SetResult(call())) { Name = ".NET Sockets" };
        thread.Start();
        return (thread, await await started.Task);
    }
}
