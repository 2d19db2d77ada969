using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>The write-ahead log, which a long read keeps from being folded into the file.</summary>
public sealed class SqliteLogTests : SqliteTests
{
    private long LogLength => new FileInfo(Data.File + "-wal").Length;

    [Fact]
    public async Task A_log_that_grew_under_a_long_read_shrinks_when_the_read_is_over()
    {
        var database = Data.Open();
        await WriteAsync(database, megabytes: 8);
        Assert.InRange(LogLength, 1, 20_000_000);

        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = database.ReadAsync(
            session => session.All("SELECT alias FROM links", row =>
            {
                entered.TrySetResult();
                written.Task.GetAwaiter().GetResult();
                return row.GetString(0);
            }),
            Token);
        await entered.Task;
        await WriteAsync(database, megabytes: 100);
        Assert.InRange(LogLength, 100_000_000, 200_000_000);
        written.SetResult();
        Assert.NotEmpty(await read);

        await WriteAsync(database, megabytes: 8);
        Assert.InRange(LogLength, 0, 80_000_000);
    }

    /// <summary>Writes that change one row again and again, so that the log grows and the file does not.</summary>
    private async Task WriteAsync(SqliteDatabase database, int megabytes)
    {
        var store = new SqliteLinkStore(database);
        await store.InsertAsync(NewLink(), Token);
        for (var i = 0; i < megabytes; i++)
        {
            await database.WriteAsync(
                session => session.Execute("UPDATE links SET title = $0 WHERE alias = 'link-00001'", new string((char)('a' + (i % 26)), 1 << 20)),
                Token);
        }
    }
}
