using System.Diagnostics;
using System.Net;
using Shortener.Tests.Docs;

namespace Shortener.Tests.Servers;

/// <summary>Cassandra nodes of this run, started by eng/cassandra; the first has the number 1.</summary>
internal sealed class CassandraNodes : IAsyncDisposable
{
    private readonly string _folder;

    private CassandraNodes(string folder) => _folder = folder;

    /// <summary>Why there are none; null: they can be had.</summary>
    public static string? WhyNot =>
        Environment.GetEnvironmentVariable("SHORTENER_TEST_NO_CASSANDRA")
        ?? (Environment.GetEnvironmentVariable("CASSANDRA_HOME") is null
            ? "CASSANDRA_HOME is not set: run the tests by ./test."
            : null);

    public IReadOnlyList<IPEndPoint> EndPoints { get; private set; } = [];

    /// <summary>Starts them one after the other, on addresses that no other run uses, and waits until each answers.</summary>
    /// <param name="count">1 to 4.</param>
    /// <param name="lastByte">The last byte of the first one's address; those of two rings must not overlap.</param>
    /// <exception cref="InvalidOperationException">The script's sentence about what went wrong.</exception>
    public static async Task<CassandraNodes> StartAsync(int count, byte lastByte)
    {
        var nodes = new CassandraNodes(ServerReaper.OfRun.NewFolder());
        var output = await nodes.RunAsync("--base", BaseAddress(lastByte), "start", $"{count}");
        nodes.EndPoints = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse)];
        return nodes;
    }

    /// <summary>An address that follows from this process's id.</summary>
    public static string BaseAddress(byte lastByte) =>
        $"127.{1 + ((Environment.ProcessId >> 8) % 254)}.{Environment.ProcessId & 255}.{lastByte}";

    /// <summary>One command of eng/cassandra on these nodes.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(params string[] command)
    {
        var (exitCode, output) = await ScriptAsync(["--data", _folder, .. command]);
        return exitCode == 0 ? output : throw new InvalidOperationException(output);
    }

    /// <summary>Runs eng/cassandra; its output is of both streams.</summary>
    public static async Task<(int ExitCode, string Output)> ScriptAsync(
        string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Repository.Path("eng/cassandra"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, await output + errors);
    }

    public async ValueTask DisposeAsync() => await RunAsync("wipe");
}
