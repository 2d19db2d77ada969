using System.Diagnostics;
using Shortener.Tests.Docs;

namespace Shortener.Tests.Architecture;

/// <summary>The files that git tracks.</summary>
internal static class TrackedFiles
{
    /// <summary>Their paths from the root on; skips the test where there is no git repository.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync()
    {
        Assert.SkipUnless(Path.Exists(Repository.Path(".git")), "This is no git repository.");
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true,
        })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        // A file that was deleted and not yet committed is still listed.
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Repository.Path(file)))];
    }
}
