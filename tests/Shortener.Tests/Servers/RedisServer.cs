using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shortener.Tests.Servers;

/// <summary>
/// A Redis, or a Garnet, of its own on a free port, empty at first; as the fixture of a class, or for one test. What it holds is
/// gone when it is killed, as with a cache. Tests are skipped where <c>./test</c> found no program.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly string[] _options;
    private string _folder = null!;
    private Process _process = null!;

    public RedisServer()
        : this([])
    {
    }

    /// <param name="options">For redis-server's command line, such as <c>--cluster-enabled yes</c>.</param>
    internal RedisServer(params string[] options) => _options = options;

    /// <summary>Where it listens; the same after a restart.</summary>
    internal IPEndPoint EndPoint { get; private set; } = null!;

    /// <summary>host:port, as StackExchange.Redis takes it.</summary>
    internal string Address => EndPoint.ToString();

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("SHORTENER_TEST_REDIS");
        Assert.SkipWhen(program is null, Environment.GetEnvironmentVariable("SHORTENER_TEST_NO_REDIS")
            ?? "SHORTENER_TEST_REDIS is not set: run the tests by ./test.");
        _folder = ServerReaper.OfRun.NewFolder();
        for (var tries = 1; ; tries++)
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, UnusedPort());
            Launch(program);
            if (await AnswersAsync()) return;
            var output = await File.ReadAllTextAsync(Path.Combine(_folder, "output.log"));
            // The port was free a moment ago; another run's server may have been quicker.
            if (tries == 5) throw new InvalidOperationException($"{program} did not start:\n{output}");
        }
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: connections stay open and new ones are accepted by the system, but nothing answers.</summary>
    internal async Task PauseAsync()
    {
        await Signal.SendAsync("STOP", _process.Id);
        using var limit = new CancellationTokenSource(StartTimeout);
        while (!await IsStoppedAsync()) await Task.Delay(PollInterval, limit.Token);
    }

    /// <summary>SIGCONT.</summary>
    internal Task ResumeAsync() => Signal.SendAsync("CONT", _process.Id);

    /// <summary>Starts it again after <see cref="KillAsync"/>, empty, and waits until it answers.</summary>
    internal async Task RestartAsync()
    {
        var program = _process.StartInfo.ArgumentList[3];
        _process.Dispose();
        Launch(program);
        if (!await AnswersAsync()) throw new InvalidOperationException($"{program} did not start again: see {_folder}/output.log");
    }

    /// <summary>FLUSHALL: what a class's tests share is empty again.</summary>
    internal async Task FlushAsync() => Assert.Equal("+OK", await CallAsync("FLUSHALL"));

    /// <summary>Sends one command without arguments that need quoting and returns the first line of the answer, such as <c>+PONG</c>.</summary>
    /// <exception cref="SocketException">Nothing listens.</exception>
    /// <exception cref="IOException">The connection was cut.</exception>
    internal async Task<string?> CallAsync(string command, CancellationToken cancellationToken = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(EndPoint, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port that nothing listens on, below those that the system gives to clients' connections: it is there after a restart.</summary>
    private static int UnusedPort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(10_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }

    private void Launch(string program)
    {
        string[] own = Path.GetFileName(program) == "garnet-server" ? ["--lua"] : ["--save", "", "--appendonly", "no"];
        // The shell writes the process id, which is the server's, so that the reaper knows it whenever this run ends.
        const string script = "cd \"$0\" && echo $$ >pid && exec \"$@\" >output.log 2>&1 </dev/null";
        _process = Process.Start("bash",
            ["-c", script, _folder, program, "--port", $"{EndPoint.Port}", "--bind", "127.0.0.1", .. own, .. _options]);
    }

    /// <summary>Waits until it answers; false: it has ended.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var limit = new CancellationTokenSource(StartTimeout);
        while (!_process.HasExited)
        {
            try
            {
                if (await CallAsync("PING", limit.Token) == "+PONG") return true;
            }
            catch (Exception refused) when (refused is SocketException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(PollInterval, limit.Token);
        }

        return false;
    }

    private async Task<bool> IsStoppedAsync() =>
        (await File.ReadAllLinesAsync($"/proc/{_process.Id}/status")).Any(line => line.StartsWith("State:\tT", StringComparison.Ordinal));
}
