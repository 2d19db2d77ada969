using System.Diagnostics;

namespace Shortener.Tests.Server.KeyGen;

/// <summary>A process that takes keys without end, from its start on, and writes each to a file of its own.</summary>
internal sealed class KeyTakerProcess : IDisposable
{
    private const int KeyLength = 7;

    private readonly Process _process;
    private readonly string _file;

    /// <summary>Starts it; <paramref name="arguments"/> are those of Shortener.KeyTaker but the file.</summary>
    public KeyTakerProcess(string file, IEnumerable<string> arguments)
    {
        _file = file;
        File.WriteAllText(file, "");
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Shortener.KeyTaker.dll"), .. arguments, file]) { RedirectStandardInput = true })!;
    }

    /// <summary>How many keys it has taken.</summary>
    public long Taken => new FileInfo(_file).Length / (KeyLength + 1);

    /// <summary>The keys that it has taken.</summary>
    public string[] Keys => File.ReadAllLines(_file);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Lets it hand back what it has left; fails the test unless it ended well.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
