using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit.Sdk;

namespace Shortener.Tests.Servers;

/// <summary>
/// A Redis, or a Garnet, of its own on a free port, empty at first; as the fixture of a class, or for one test. What it holds is
/// gone when it is killed, as with a cache. Tests are skipped where <c>./test</c> found no program.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("SHORTENER_TEST_REDIS");

    private static readonly string? WhyNot = Program is not null ? null
        : Environment.GetEnvironmentVariable("SHORTENER_TEST_NO_REDIS")
            ?? "SHORTENER_TEST_REDIS is not set: run the tests by ./test.";

    private readonly string[] _options;
    private string _folder = null!;
    private IPEndPoint _endPoint = null!;
    private Process? _process;

    public RedisServer()
        : this([])
    {
    }

    /// <param name="options">For redis-server's command line, such as <c>--cluster-enabled yes</c>.</param>
    internal RedisServer(params string[] options) => _options = options;

    /// <summary>Where it listens; the same after a restart. Skips the test where there is no server.</summary>
    internal IPEndPoint EndPoint => WhyNot is null ? _endPoint : throw SkipException.ForSkip(WhyNot);

    /// <summary>host:port, as StackExchange.Redis takes it.</summary>
    internal string Address => EndPoint.ToString();

    private Process Running => WhyNot is null ? _process! : throw SkipException.ForSkip(WhyNot);

    public async ValueTask InitializeAsync()
    {
        // A fixture that skips here would fail its tests: those that use it skip.
        if (WhyNot is not null) return;
        _folder = ServerReaper.OfRun.NewFolder();
        for (var tries = 1; ; tries++)
        {
            _endPoint = new IPEndPoint(IPAddress.Loopback, UnusedPort());
            _process = Launch();
            if (await AnswersAsync()) return;
            // The port was free a moment ago; another run's server may have been quicker.
            if (tries == 5) throw new InvalidOperationException($"{Program} did not start:\n{await OutputAsync()}");
        }
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: connections stay open and new ones are accepted by the system, but nothing answers.</summary>
    internal async Task PauseAsync()
    {
        await Signal.SendAsync("STOP", Running.Id);
        await Until.TrueAsync(IsStoppedAsync);
    }

    /// <summary>SIGCONT.</summary>
    internal Task ResumeAsync() => Signal.SendAsync("CONT", Running.Id);

    /// <summary>Starts it again after <see cref="KillAsync"/>, empty, and waits until it answers.</summary>
    internal async Task RestartAsync()
    {
        Running.Dispose();
        _process = Launch();
        if (await AnswersAsync()) return;
        throw new InvalidOperationException($"{Program} did not start again:\n{await OutputAsync()}");
    }

    /// <summary>FLUSHALL: what a class's tests share is empty again.</summary>
    internal async Task FlushAsync() => Assert.Equal("+OK", await CallAsync("FLUSHALL"));

    /// <summary>Sends one command, its words parted by spaces; returns the first line of the answer, such as <c>+PONG</c>.</summary>
    /// <exception cref="SocketException">Nothing listens.</exception>
    /// <exception cref="IOException">The connection was cut.</exception>
    internal async Task<string?> CallAsync(string command, CancellationToken cancellationToken = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(EndPoint, cancellationToken);
        var stream = client.GetStream();
        // As an array of strings: Garnet takes few commands written in a line.
        var words = command.Split(' ');
        var request = $"*{words.Length}\r\n" + string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port that nothing listens on, below those that clients' connections get: it is still free at a restart.</summary>
    internal static int UnusedPort()
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

    private Process Launch()
    {
        string[] own = Path.GetFileName(Program) == "garnet-server" ? ["--lua"] : ["--save", "", "--appendonly", "no"];
        // The shell writes the process id, which is the server's, so that the reaper knows it whenever this run ends.
        const string script = "cd \"$0\" && echo $$ >pid && exec \"$@\" >output.log 2>&1 </dev/null";
        return Process.Start("bash",
            ["-c", script, _folder, Program!, "--port", $"{EndPoint.Port}", "--bind", "127.0.0.1", .. own, .. _options]);
    }

    /// <summary>Waits until it answers; false: it has ended.</summary>
    private async Task<bool> AnswersAsync()
    {
        await Until.TrueAsync(async () => Running.HasExited || await IsAnsweringAsync());
        return !Running.HasExited;
    }

    private async Task<bool> IsAnsweringAsync()
    {
        try
        {
            return await CallAsync("PING", TestContext.Current.CancellationToken) == "+PONG";
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            return false;
        }
    }

    private Task<string> OutputAsync() => File.ReadAllTextAsync(Path.Combine(_folder, "output.log"));

    private async Task<bool> IsStoppedAsync() =>
        (await File.ReadAllLinesAsync($"/proc/{Running.Id}/status"))
        .Any(line => line.StartsWith("State:\tT", StringComparison.Ordinal));
}
