using System.Net;
using System.Runtime.Versioning;

namespace Shortener.Tests.Server.Redirect;

/// <summary>The store stands still, because another process has locked the database: what is in memory goes on.</summary>
[UnsupportedOSPlatform("macos")]
public sealed class HeldStoreTests
{
    /// <summary>SQLite's locks in the -shm file: one to write, one to checkpoint, one to recover, five to read.</summary>
    private const int FirstLock = 120;
    private const int Locks = 8;

    [Fact]
    public async Task Cached_links_are_followed_while_look_ups_and_the_api_wait()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(
            directory.Path, "Cache:LookupTimeout=00:00:30", "Storage:BusyTimeout=00:01:00", "Access:RememberKeys=00:10:00");
        using var client = ClientFor(server);
        for (var i = 0; i < 10; i++) (await client.MakeAsync(new { url = $"https://example.com/{i}", alias = $"link-{i}" })).Expect(HttpStatusCode.Created);
        for (var i = 0; i < 5; i++) (await client.ReadAsync($"/link-{i}")).Expect(HttpStatusCode.Redirect);

        List<Task<ApiAnswer>> waiting;
        using (Hold(directory))
        {
            waiting = [.. Enumerable.Range(0, 30).Select(i => client.ReadAsync($"/link-{5 + (i % 5)}?{i}"))];
            waiting.AddRange(Enumerable.Range(0, 10).Select(i => client.ReadAsync($"/unknown-{i}")));
            waiting.AddRange(Enumerable.Range(0, 10).Select(i => client.MakeAsync(new { url = "https://example.com/", alias = $"held-{i}" })));
            waiting.AddRange(Enumerable.Range(0, 10).Select(_ => client.ReadAsync(Api.Links)));
            // Each visit on a connection of its own, so that every thread that polls sockets gets some.
            for (var i = 0; i < 200; i++) Assert.Equal(302, (await RawHttp.VisitAsync(server.Address, $"/link-{i % 5}")).Status);
            Assert.DoesNotContain(waiting, request => request.IsCompleted);
        }

        var answers = await Task.WhenAll(waiting);
        Assert.Equal(30, answers.Count(answer => answer.Status == 302));
        Assert.Equal(10, answers.Count(answer => answer.Status == 404));
        Assert.Equal(10, answers.Count(answer => answer.Status == 201));
        Assert.Equal(10, answers.Count(answer => answer.Status == 200));
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_told_as_503_and_never_as_404()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(
            directory.Path, "Cache:LookupTimeout=00:00:00.5000000", "Storage:BusyTimeout=00:00:01", "Access:RememberKeys=00:10:00");
        using var client = ClientFor(server);
        (await client.MakeAsync(new { url = "https://example.com/", alias = "there" })).Expect(HttpStatusCode.Created);
        (await client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        using (Hold(directory))
        {
            var (ready, visit, made) = (
                client.ReadAsync("/health/ready"), client.ReadAsync("/there"),
                client.MakeAsync(new { url = "https://example.com/" }));
            (await ready).Expect(HttpStatusCode.ServiceUnavailable);
            (await visit).ExpectProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
            Assert.Equal("2", (await visit).Header("Retry-After"));
            Assert.Contains("no-store", (await visit).Header("Cache-Control"), StringComparison.Ordinal);
            (await made).ExpectProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
            (await client.ReadAsync("/health/live")).Expect(HttpStatusCode.OK);
        }

        (await client.ReadAsync("/there")).Expect(HttpStatusCode.Redirect);
        (await client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        (await client.MakeAsync(new { url = "https://example.com/" })).Expect(HttpStatusCode.Created);
    }

    private static FileStream Hold(TemporaryDirectory directory)
    {
        var file = new FileStream(directory.File("shortener.db-shm"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        while (true)
        {
            try
            {
                file.Lock(FirstLock, Locks);
                return file;
            }
            catch (IOException)
            {
                // The service is at it just now, filling its key pool.
            }
        }
    }

    private static HttpClient ClientFor(ServerProcess server)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", server.Key);
        return client;
    }
}
