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

        // Which thread reads the first requests depends on what the connection did before; the time-out catches "never".
        while (!watch.Seen.Any(seen => seen.Point == "answered" && seen.Thread == SocketThread)) await server.Client.ReadAsync("/cached");
        var started = watch.Seen.Where(seen => seen.Point == "start").ToDictionary(seen => seen.Request, seen => seen.ThreadId);
        var answered = watch.Seen.Where(seen => seen.Point == "answered").ToList();
        Assert.True(answered.Count >= 50);
        Assert.All(answered, seen => Assert.Equal(started[seen.Request], seen.ThreadId));
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

        var routed = watch.Seen.Where(seen => seen.Point == "routed").ToList();
        Assert.True(routed.Count >= 60);
        Assert.DoesNotContain(routed, seen => seen.Thread == SocketThread);
    }

    /// <summary>
    /// Notes which threads requests start on, are routed on (whatever leaves the redirect is) and are answered on: as the
    /// headers go out, for hosting's own end of a request comes after the sending, on whichever thread that ended.
    /// </summary>
    private sealed class ThreadWatch : IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentQueue<(string Point, string Request, int ThreadId, string? Thread)> _seen = new();
        private readonly IDisposable _subscription;

        public ThreadWatch(RunningServer server) =>
            _subscription = server.Services.GetRequiredService<DiagnosticListener>().Subscribe(this);

        public IReadOnlyCollection<(string Point, string Request, int ThreadId, string? Thread)> Seen => _seen;

        public void OnNext(KeyValuePair<string, object?> happened)
        {
            if (happened.Value is not HttpContext context) return;
            switch (happened.Key)
            {
                case "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start":
                    Note("start", context);
                    context.Response.OnStarting(() =>
                    {
                        Note("answered", context);
                        return Task.CompletedTask;
                    });
                    break;
                case "Microsoft.AspNetCore.Routing.EndpointMatched":
                    Note("routed", context);
                    break;
            }
        }

        private void Note(string point, HttpContext context) =>
            _seen.Enqueue((point, context.TraceIdentifier, Environment.CurrentManagedThreadId, Thread.CurrentThread.Name));

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _subscription.Dispose();
    }
}
