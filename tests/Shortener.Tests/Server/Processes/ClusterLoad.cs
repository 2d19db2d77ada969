using System.Collections.Concurrent;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server.Processes;

/// <summary>Clients of several processes that make links and follow those that were answered, until disposed.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private const int Makers = 4;
    private const int Visitors = 4;

    private readonly List<HttpClient> _servers;
    private readonly ConcurrentDictionary<string, string> _made = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _visits;

    /// <summary>Begins.</summary>
    public ClusterLoad(IReadOnlyList<Uri> servers, string key)
    {
        _servers = [.. servers.Select(address => ClientOf(address, key))];
        _running = Task.WhenAll(
        [
            .. Enumerable.Range(0, Makers).Select(maker => MakeAsync(_servers[maker % _servers.Count], maker)),
            .. Enumerable.Range(0, Visitors).Select(visitor => VisitAsync(_servers[visitor % _servers.Count])),
        ]);
    }

    /// <summary>Waits until so many more links were made.</summary>
    public Task MadeAsync(int more)
    {
        var enough = _made.Count + more;
        return Until.TrueAsync(() => _made.Count >= enough);
    }

    /// <summary>Waits until so many more visits were answered.</summary>
    public Task VisitedAsync(int more)
    {
        var enough = Volatile.Read(ref _visits) + more;
        return Until.TrueAsync(() => Volatile.Read(ref _visits) >= enough);
    }

    /// <summary>Stops, and fails the test if a visit failed, or if a link that was answered 201 is not there by every server.</summary>
    public async Task AssertNothingLostAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (var server in _servers)
        {
            foreach (var (alias, url) in _made) await VisitAsync(server, alias, url);
        }

        Assert.Empty(_failures);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (var server in _servers) server.Dispose();
        _stop.Dispose();
    }

    private async Task MakeAsync(HttpClient server, int maker)
    {
        for (var i = maker; !_stop.IsCancellationRequested; i += Makers)
        {
            var url = $"https://example.com/{i}";
            var answer = await server.MakeAsync(new { url });
            // What is refused, or of unknown outcome, was not promised to anybody.
            if (answer.Status == 201) _made[answer.StringOf("alias")!] = url;
            else if (answer.Status != 503) _failures.Enqueue($"POST: {answer.Status} {answer.Text}");
        }
    }

    private async Task VisitAsync(HttpClient server)
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var (alias, url) in _made)
            {
                await VisitAsync(server, alias, url);
                Interlocked.Increment(ref _visits);
                if (_stop.IsCancellationRequested) return;
            }

            await Task.Yield();
        }
    }

    private async Task VisitAsync(HttpClient server, string alias, string url)
    {
        var answer = await server.ReadAsync($"/{alias}");
        if (answer.Status != 302 || answer.Location != url) _failures.Enqueue($"GET /{alias}: {answer.Status} {answer.Text}");
    }

    private static HttpClient ClientOf(Uri address, string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }
}
