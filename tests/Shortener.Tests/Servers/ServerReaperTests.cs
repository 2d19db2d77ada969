using System.Diagnostics;

namespace Shortener.Tests.Servers;

public sealed class ServerReaperTests
{
    [Fact]
    public async Task At_the_end_servers_are_killed_also_stopped_ones_and_their_folders_removed()
    {
        var reaper = new ServerReaper();
        var folder = reaper.NewFolder();
        var node = Directory.CreateDirectory(Path.Combine(folder, "node1")).FullName;
        using var server = await StartAsync(folder, folder);
        using var below = await StartAsync(node, node);
        await Signal.SendAsync("STOP", below.Id);

        await reaper.DisposeAsync();

        await server.WaitForExitAsync();
        await below.WaitForExitAsync();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_process_that_has_come_by_the_id_of_a_server_is_spared()
    {
        using var elsewhere = new TemporaryDirectory();
        var reaper = new ServerReaper();
        var folder = reaper.NewFolder();
        using var other = await StartAsync(elsewhere.Path, folder);

        await reaper.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        Assert.False(other.HasExited);
        other.Kill();
        await other.WaitForExitAsync();
    }

    /// <summary>A process that never ends by itself, known once it is at work.</summary>
    private static async Task<Process> StartAsync(string workingFolder, string pidFolder)
    {
        const string script = "echo $$ >\"$0/pid\" && echo ready && exec sleep infinity";
        var process = Process.Start(new ProcessStartInfo("bash", ["-c", script, pidFolder])
        {
            WorkingDirectory = workingFolder, RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return process;
    }
}
