using System.Diagnostics;
using Shortener.Tests.Docs;

namespace Shortener.Tests.Servers;

/// <summary>
/// Ends the servers of this run and removes their folders, also when the run is killed: a process of its own, eng/reap-servers,
/// does it as soon as the pipe to it closes.
/// </summary>
internal sealed class ServerReaper : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Process? _process;

    /// <summary>The one of this run; <see cref="ServerTestFramework"/> disposes of it after the last test.</summary>
    public static ServerReaper OfRun { get; } = new();

    /// <summary>A new folder for a server or a ring, each of which writes its process id into a file "pid" where it works.</summary>
    public string NewFolder()
    {
        lock (_gate)
        {
            _process ??= Process.Start(
                new ProcessStartInfo("setsid", [Repository.Path("eng/reap-servers")]) { RedirectStandardInput = true })!;
            var folder = Directory.CreateTempSubdirectory("shortener-server-").FullName;
            _process.StandardInput.WriteLine(folder);
            _process.StandardInput.Flush();
            return folder;
        }
    }

    /// <summary>Waits until all servers have ended and all folders are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}
