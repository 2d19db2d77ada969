using System.Diagnostics;

namespace Shortener.Tests.Architecture;

/// <summary>The repository that these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>The files that git tracks, relative to the root; skips the test where there is no git repository.</summary>
    public static async Task<IReadOnlyList<string>> TrackedFilesAsync()
    {
        Assert.SkipUnless(System.IO.Path.Exists(System.IO.Path.Combine(Path, ".git")), "This is no git repository.");
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = Path, RedirectStandardOutput = true,
        })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        // A file that was deleted and not yet committed is still listed.
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(FullPath(file)))];
    }

    public static string FullPath(string file) => System.IO.Path.Combine(Path, file);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Shortener.sln"))) directory = directory.Parent!;
        return directory.FullName;
    }
}
