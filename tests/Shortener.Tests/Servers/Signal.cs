using System.Diagnostics;
using System.Globalization;

namespace Shortener.Tests.Servers;

/// <summary>Signals to processes, by name: TERM, STOP, CONT.</summary>
internal static class Signal
{
    public static async Task SendAsync(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
