using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Shortener.Tests.Compat;

/// <summary>Prometheus' own checker of a page of metrics; a test that needs it is skipped where it is not on the PATH.</summary>
internal static class Promtool
{
    public static async Task AssertCleanAsync(string text)
    {
        using var promtool = Start();
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var output = promtool.StandardOutput.ReadToEndAsync();
        var complaints = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        Assert.Equal("", complaints + await output);
        Assert.Equal(0, promtool.ExitCode);
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
            {
                RedirectStandardInput = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("promtool is not on the PATH.");
            throw;
        }
    }
}
