using System.ComponentModel;
using System.Diagnostics;

namespace Shortener.Tests.Server.Docs;

/// <summary>A browser without a window; a test that needs it is skipped where it is not on the PATH.</summary>
internal static class Chromium
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The page after its scripts have run, and the log of what the browser did on the network.</summary>
    public static async Task<(string Page, string NetLog)> OpenAsync(Uri address)
    {
        using var directory = new TemporaryDirectory();
        var log = directory.File("net.json");
        using var browser = Start(
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={directory.File("profile")}", $"--log-net-log={log}",
            "--virtual-time-budget=8000", "--dump-dom", address.AbsoluteUri);
        var complaints = browser.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var page = await browser.StandardOutput.ReadToEndAsync(timeout.Token);
            await browser.WaitForExitAsync(timeout.Token);
            await complaints;
            return (page, await File.ReadAllTextAsync(log));
        }
        finally
        {
            if (!browser.HasExited) browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync();
        }
    }

    private static Process Start(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("chromium is not on the PATH.");
            throw;
        }
    }
}
