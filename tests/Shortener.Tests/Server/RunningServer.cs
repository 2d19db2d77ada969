using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Access;

namespace Shortener.Tests.Server;

/// <summary>
/// The whole service in this process: real Kestrel on a free port of 127.0.0.1, real SQLite in a folder of its own, and a
/// clock that a test can move.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const Scopes EveryScope = Scopes.Read | Scopes.Create | Scopes.Manage | Scopes.Admin;

    private readonly TemporaryDirectory _directory;
    private readonly string[] _settings;
    private WebApplication _app = null!;

    private RunningServer(TemporaryDirectory directory, string[] settings) => (_directory, _settings) = (directory, settings);

    public MovableClock Clock { get; } = new();

    public string DataDirectory => _directory.Path;

    public Uri Address { get; private set; } = null!;

    /// <summary>The text of a key with every scope, of the owner "default".</summary>
    public string Key { get; private set; } = "";

    /// <summary>Follows no redirects; sends <see cref="Key"/>.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a service with settings such as <c>Links:MaxUrlLength=100</c> (the leading "Shortener:" is added).</summary>
    public static async Task<RunningServer> StartAsync(params string[] settings)
    {
        var server = new RunningServer(new TemporaryDirectory(), settings);
        await server.StartAppAsync();
        server.Key = await server.NewKeyAsync(EveryScope);
        server.Client = server.ClientFor(server.Key);
        return server;
    }

    /// <summary>Stops the service as SIGTERM does, and starts it again on the same data.</summary>
    public async Task RestartAsync(params string[] settings)
    {
        await StopAppAsync();
        await StartAppAsync(settings);
        Client.Dispose();
        Client = ClientFor(Key);
    }

    /// <summary>Makes a developer key without the API.</summary>
    public async Task<string> NewKeyAsync(Scopes scopes, string owner = "default")
    {
        var (_, text) = await Services.GetRequiredService<AccessService>().CreateAsync(owner, "test", scopes, null, CancellationToken.None);
        return text;
    }

    /// <summary>A client that sends <paramref name="key"/> (null: none) and follows no redirects.</summary>
    public HttpClient ClientFor(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (key is not null) client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Makes a link and returns it; fails the test unless it is made.</summary>
    public async Task<JsonElement> CreateAsync(object link)
    {
        using var answer = await Client.PostAsJsonAsync("/api/v1/links", link);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Writes garbage over the files of the database while the service has them open.</summary>
    public async Task DamageDatabaseAsync()
    {
        foreach (var file in Directory.GetFiles(DataDirectory, "shortener.db*").Order(StringComparer.Ordinal))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            var garbage = new byte[stream.Length];
            new Random(1).NextBytes(garbage);
            await stream.WriteAsync(garbage);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAppAsync();
        _directory.Dispose();
    }

    private async Task StartAppAsync(params string[] further)
    {
        string[] defaults = ["Visits:SegmentBytes=65536", "RateLimits:PerKey=1000000", "RateLimits:PerNetwork=1000000", "RateLimits:WholeApi=1000000", "RateLimits:UnknownAliases=1000000"];
        var args = defaults.Concat(_settings).Concat(further).Select(setting => $"--Shortener:{setting}")
            .Append($"--Shortener:Storage:Directory={_directory.Path}")
            .Append("--Logging:LogLevel:Default=Warning")
            .Append("--urls=http://127.0.0.1:0");
        _app = await Shortener.Server.Program.BuildAsync([.. args], Clock);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    private async Task StopAppAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
