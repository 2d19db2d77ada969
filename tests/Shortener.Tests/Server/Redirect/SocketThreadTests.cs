using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Shortener.Tests.Server.Redirect;

/// <summary>docs/decisions/0003: a cached redirect never leaves the thread of its socket, and everything else leaves it first.</summary>
public sealed class SocketThreadTests
{
    private const string SocketThread = ".NET Sockets";

    [Fact(Timeout = 60_000)]
    public async Task A_cached_redirect_stays_on_the_thread_of_its_socket()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sockets complete inline on Linux only.");
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "cached" });
        (await server.Client.ReadAsync("/cached")).Expect(HttpStatusCode.Redirect);
        using var watch = new ThreadWatch(server);
        for (var i = 0; i < 50; i++) (await server.Client.ReadAsync("/cached")).Expect(HttpStatusCode.Redirect);
        await watch.SeenAsync("stop", "/cached", 50);
        while (!watch.Seen.Any(seen => seen.Thread == SocketThread && seen.Point == "stop")) await server.Client.ReadAsync("/cached");
        // Which thread reads the first requests depends on what the connection did before; the time-out catches "never".
        Assert.DoesNotContain(watch.Seen, seen => seen.Point == "routed");
    }

    [Fact]
    public async Task Everything_else_leaves_the_thread_of_its_socket_before_it_does_anything()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "brief", ttl = 60 });
        (await server.Client.ReadAsync("/brief")).Expect(HttpStatusCode.Redirect);
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        using var watch = new ThreadWatch(server);
        string[] visits = ["/brief", "/unknown", "/unknown", "/a", "/", "/docs/index.html", "/metrics", "/health/ready", "/openapi/v1.json", "/no/path"];
        foreach (var path in visits) await server.Client.ReadAsync(path);
        await server.Client.CallAsync("POST", "/brief");
        for (var i = 0; i < 20; i++)
        {
            (await server.Client.MakeAsync(new { url = "https://example.com/", alias = $"made-{i}" }, "Idempotency-Key: k" + i)).Expect(HttpStatusCode.Created);
            (await server.Client.OfLinkAsync("PUT", $"made-{i}", new { url = "https://example.com/" })).Expect(HttpStatusCode.OK);
            (await server.Client.OfLinkAsync("GET", $"made-{i}")).Expect(HttpStatusCode.OK);
            (await server.Client.ReadAsync($"/made-{i}")).Expect(HttpStatusCode.Redirect);
        }

        // Where a request ends says nothing: that is after its answer was sent, on whichever thread the sending ended.
        var routed = watch.Seen.Where(seen => seen.Point == "routed").ToList();
        Assert.True(routed.Count >= 60);
        Assert.DoesNotContain(routed, seen => seen.Thread == SocketThread);
    }

    /// <summary>Notes which threads requests start on, are routed on (whatever leaves the redirect is) and end on.</summary>
    private sealed class ThreadWatch : IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentQueue<(string Point, string Path, string Request, int ThreadId, string? Thread)> _seen = new();
        private readonly IDisposable _subscription;

        public ThreadWatch(RunningServer server) =>
            _subscription = server.Services.GetRequiredService<DiagnosticListener>().Subscribe(this);

        public IReadOnlyCollection<(string Point, string Path, string Request, int ThreadId, string? Thread)> Seen => _seen;

        /// <summary>A request ends a moment after its client has the answer.</summary>
        public async Task SeenAsync(string point, string path, int count)
        {
            while (_seen.Count(seen => seen.Point == point && seen.Path == path) < count) await Task.Yield();
        }

        public void OnNext(KeyValuePair<string, object?> happened)
        {
            var point = happened.Key switch
            {
                "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start" => "start",
                "Microsoft.AspNetCore.Routing.EndpointMatched" => "routed",
                "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop" => "stop",
                _ => null,
            };
            if (point is not null && happened.Value is HttpContext context)
                _seen.Enqueue(
                    (point, context.Request.Path.Value ?? "", context.TraceIdentifier, Environment.CurrentManagedThreadId, Thread.CurrentThread.Name));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _subscription.Dispose();
    }
}
