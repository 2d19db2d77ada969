using System.Diagnostics;
using System.Net;
using Shortener.Tests.Server;
using Shortener.Tests.Servers;
using StackExchange.Redis;

namespace Shortener.Tests.Storage.Redis;

/// <summary>A Sentinel that by itself decides which server is the master.</summary>
internal sealed class SentinelServer : IAsyncDisposable
{
    public const string Master = "mymaster";

    private readonly Process _process;

    private SentinelServer(Process process, int port) => (_process, Address) = (process, $"127.0.0.1:{port}");

    public string Address { get; }

    /// <summary>Watches a master; what takes over when it is gone is one of its replicas.</summary>
    public static async Task<SentinelServer> StartAsync(IPEndPoint master)
    {
        var program = Environment.GetEnvironmentVariable("SHORTENER_TEST_REDIS")!;
        Assert.SkipWhen(Path.GetFileName(program) == "garnet-server", "Garnet has no Sentinel.");
        var (folder, port) = (ServerReaper.OfRun.NewFolder(), ServerProcess.FreePort());
        await File.WriteAllTextAsync(
            Path.Combine(folder, "sentinel.conf"),
            $"port {port}\nbind 127.0.0.1\nsentinel monitor {Master} 127.0.0.1 {master.Port} 1\nsentinel down-after-milliseconds {Master} 500\n");
        const string script = "cd \"$0\" && echo $$ >pid && exec \"$@\" >output.log 2>&1 </dev/null";
        return new SentinelServer(Process.Start("bash", ["-c", script, folder, program, "sentinel.conf", "--sentinel"]), port);
    }

    /// <summary>Waits until it answers and knows so many replicas.</summary>
    public async Task KnowsAsync(int replicas)
    {
        var options = ConfigurationOptions.Parse(Address);
        (options.CommandMap, options.TieBreaker, options.AbortOnConnectFail) = (CommandMap.Sentinel, "", false);
        await using var owner = new Closing(await ConnectionMultiplexer.ConnectAsync(options));
        var sentinel = owner.Connection.GetServer(owner.Connection.GetEndPoints()[0]);
        await Until.TrueAsync(async () => sentinel.IsConnected && (await sentinel.SentinelMastersAsync())
            .Any(master => master.Any(field => field.Key == "num-slaves" && field.Value == $"{replicas}")));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private sealed record Closing(ConnectionMultiplexer Connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Connection.CloseAsync();
    }
}
