using System.Diagnostics;

namespace Shortener.Tests.Server.Docs;

/// <summary>A browser without a window; a test that needs it is skipped where it is not on the PATH.</summary>
internal static class Chromium
{
    private const int NotFound = 127;

    /// <summary>To files, not pipes: helpers of the browser outlive it and would keep a pipe open.</summary>
    private const string Script = "exec chromium \"$@\" >\"$0\" 2>/dev/null";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The page after its scripts have run, and the log of what the browser did on the network.</summary>
    public static async Task<(string Page, string NetLog)> OpenAsync(Uri address)
    {
        var directory = Directory.CreateTempSubdirectory("shortener-chromium-").FullName;
        var (page, log) = (Path.Combine(directory, "page.html"), Path.Combine(directory, "net.json"));
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={Path.Combine(directory, "profile")}", $"--log-net-log={log}",
            "--virtual-time-budget=8000", "--dump-dom", address.AbsoluteUri,
        ];
        using var browser = Process.Start("bash", ["-c", Script, page, .. arguments]);
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            await browser.WaitForExitAsync(timeout.Token);
            Assert.SkipWhen(browser.ExitCode == NotFound, "chromium is not on the PATH.");
            return (await File.ReadAllTextAsync(page), await File.ReadAllTextAsync(log));
        }
        finally
        {
            if (!browser.HasExited) browser.Kill(entireProcessTree: true);
            Delete(directory);
        }
    }

    private static void Delete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            // A helper is still writing its profile; the folder for temporary files takes what is left.
        }
    }
}
