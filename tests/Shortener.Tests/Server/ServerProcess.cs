using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server;

/// <summary>The service as a process of its own, for what only a process shows: being killed, signals, exit codes.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One handler, there before the start: Process.WaitForExitAsync, called by several at once, can lose one of them and wait for ever.
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The developer key that it printed; null: none.</summary>
    public string? Key => KeyPattern().Match(Output) is { Success: true } match ? match.Value : null;

    /// <summary>Everything that it has printed on either stream.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>
    /// Starts the service on a free port and waits until it is ready. A setting is an argument as it is where it begins with
    /// "--", else "Shortener:" is added.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(string directory, params string[] settings)
    {
        for (var tries = 1; ; tries++)
        {
            var server = Launch(directory, FreePort(), settings);
            await Task.WhenAny(server._announced.Task, server._exited.Task).WaitAsync(StartTimeout);
            if (!server._process.HasExited) return server;
            server._process.WaitForExit();
            // A port that was free may be taken by a client's connection a moment later.
            var isTaken = server.Output.Contains("address already in use", StringComparison.Ordinal);
            if (!isTaken || tries == 5) throw new InvalidOperationException($"The server did not start:\n{server.Output}");
            await server.DisposeAsync();
        }
    }

    /// <summary>Starts the service and waits until it has ended by itself.</summary>
    public static Task<(int ExitCode, string Output)> RunToEndAsync(string directory, int port, params string[] settings) =>
        ToEndAsync(Launch(directory, port, settings));

    /// <summary>Runs a command of the program, such as <c>migrate</c>, to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunCommandAsync(string command, string directory, params string[] settings) =>
        ToEndAsync(Launch(directory, 0, settings, command));

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _exited.Task.WaitAsync(StartTimeout);
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await Signal.SendAsync("TERM", _process.Id);
        await _exited.Task.WaitAsync(StartTimeout);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(int ExitCode, string Output)> ToEndAsync(ServerProcess launched)
    {
        await using var server = launched;
        await server._exited.Task.WaitAsync(StartTimeout);
        server._process.WaitForExit();
        return (server._process.ExitCode, server.Output);
    }

    private static ServerProcess Launch(string directory, int port, string[] settings, string? command = null)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "shortener.dll"));
        if (command is not null) start.ArgumentList.Add(command);
        start.ArgumentList.Add($"--urls=http://127.0.0.1:{port}");
        start.ArgumentList.Add($"--Shortener:Storage:Directory={directory}");
        foreach (var setting in settings)
            start.ArgumentList.Add(setting.StartsWith("--", StringComparison.Ordinal) ? setting : $"--Shortener:{setting}");
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var server = new ServerProcess(process, address);
        process.Exited += (_, _) => server._exited.TrySetResult();
        process.OutputDataReceived += server.Collect;
        process.ErrorDataReceived += server.Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.Add(line.Data ?? "");
        // The last line of the announcement, after which nothing more is to come.
        string[] last = ["curl -s", "kept from before", "with the roles"];
        if (line.Data is { } text && Array.Exists(last, part => text.Contains(part, StringComparison.Ordinal)))
            _announced.TrySetResult();
    }

    [GeneratedRegex("shrt_[0-9A-Za-z]+_[0-9A-Za-z]+")]
    private static partial Regex KeyPattern();
}
