using System.Diagnostics;
using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>The disk itself is full: a file system of 2 MB, which only root can mount.</summary>
public sealed class SqliteFullDiskTests : SqliteTests
{
    [Fact]
    public async Task A_full_disk_loses_nothing_that_was_acknowledged_and_writes_go_on_when_it_has_room_again()
    {
        if (!await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", Data.Folder))
            Assert.Skip("No file system can be mounted here.");
        try
        {
            var database = Data.Open();
            var store = new SqliteLinkStore(database);
            var links = await FillAsync(store);
            Assert.InRange(links.Count, 20, 2_000);
            await AssertAllFoundAsync(database, links);
            await FailsAsync(StoreFailure.Full, () => store.InsertAsync(NewLink(bytes: 100_000), Token));
            await AssertAllFoundAsync(database, links);

            Data.Close();
            database = Data.Open();
            store = new SqliteLinkStore(database);
            await AssertAllFoundAsync(database, links);

            Assert.True(await RunAsync("mount", "-o", "remount,size=16m", Data.Folder));
            links.Add((await store.InsertAsync(NewLink(), Token))!);
            await AssertAllFoundAsync(database, links);
        }
        finally
        {
            Data.Close();
            await RunAsync("umount", Data.Folder);
        }
    }

    private async Task<List<Link>> FillAsync(SqliteLinkStore store)
    {
        var links = new List<Link>();
        while (true)
        {
            try
            {
                links.Add((await store.InsertAsync(NewLink(bytes: 4_000), Token))!);
            }
            catch (StoreException failure) when (failure.Failure == StoreFailure.Full)
            {
                return links;
            }
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(program, arguments);
            await process.WaitForExitAsync(Token);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
