using System.Runtime.InteropServices;
using Shortener.Core;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Transactions whose end fails: every write in them fails, and the next transaction begins afresh.</summary>
public sealed class SqliteCommitTests : SqliteTests
{
    [Fact]
    public async Task A_transaction_that_breaks_a_rule_at_its_end_is_undone_whole_and_writes_go_on()
    {
        var database = Data.Open();
        var store = new SqliteLinkStore(database);
        var gate = await Gate.BeforeWritesAsync(database);
        var together = store.InsertAsync(NewLink(), Token);
        var breaking = database.WriteAsync(
            session =>
            {
                session.Execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)");
                session.Execute("CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)");
                return session.Execute("INSERT INTO children VALUES (1)");
            },
            Token);
        await gate.OpenAsync();

        await FailsAsync(StoreFailure.Unavailable, () => breaking);
        await FailsAsync(StoreFailure.Unavailable, () => together);
        var next = NewLink();
        Assert.NotNull(await store.InsertAsync(next, Token));
        await AssertAllFoundAsync(database, [next]);
    }

    [Fact]
    public async Task A_transaction_whose_end_cannot_be_written_may_have_taken_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are found in /proc.");
        var database = Data.Open();
        var store = new SqliteLinkStore(database);
        Assert.NotNull(await store.InsertAsync(NewLink(), Token));
        LetWritesFail(Data.File + "-wal");

        await FailsAsync(StoreFailure.UnknownOutcome, () => store.InsertAsync(NewLink(), Token));
    }

    /// <summary>Puts a file that cannot be written in the place of every open <paramref name="file"/> of this process.</summary>
    private static void LetWritesFail(string file)
    {
        using var unwritable = File.OpenHandle("/dev/null");
        foreach (var descriptor in Directory.GetFiles("/proc/self/fd").Where(path => new FileInfo(path).LinkTarget == file))
        {
            var number = int.Parse(Path.GetFileName(descriptor), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(number, Duplicate(unwritable.DangerousGetHandle().ToInt32(), number));
        }
    }

    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int from, int to);
}
