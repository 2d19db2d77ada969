using System.Net;
using Shortener.Core.Keys;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Server.KeyGen;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.Processes;

/// <summary>The service as processes that run a role each, over one Cassandra and one Redis.</summary>
public sealed class SplitRolesTests(KeyspaceOfOneNode keyspace, RedisServer redis)
    : IClassFixture<KeyspaceOfOneNode>, IClassFixture<RedisServer>, IAsyncDisposable
{
    private const int BatchSize = 50;
    private const string Take = "/internal/keys";

    private readonly TemporaryDirectory _directory = new();
    private readonly List<ServerProcess> _processes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Each_answers_what_its_role_maps_and_together_they_make_and_follow_links_and_lose_no_key()
    {
        var keygen = await StartAsync("Roles=keygen", $"KeyGen:BatchSize={BatchSize}", "KeyGen:ReadyBatches=3");
        var management = await StartAsync(
            "Roles=management", $"KeyGen:Addresses={keygen.Address}", "KeyGen:Timeout=00:00:30", "Keys:PoolSize=70", "Keys:LowWater=30");
        var redirect = await StartAsync("Roles=redirect");
        Assert.NotNull(management.Key);
        Assert.Equal((null, null), (keygen.Key, redirect.Key));
        var link = (await CallAsync(management, management.Key, "POST", Api.Links, new { url = "https://example.com/x" })).Expect(HttpStatusCode.Created);
        var alias = $"/{link.StringOf("alias")}";

        Task<string> OfAsync(ServerProcess process) => StatusesAsync(
            process, management.Key, alias, "/", Api.Links, "/docs/index.html", "/openapi/v1.json", "/health/live", "/health/ready", "/metrics");
        Assert.Equal("404 404 404 404 404 200 200 200", await OfAsync(keygen));
        Assert.Equal("404 404 200 200 200 200 200 200", await OfAsync(management));
        Assert.Equal("302 200 404 404 404 200 200 200", await OfAsync(redirect));
        Assert.Equal("200 404 404", string.Join(' ', await Task.WhenAll(_processes.Select(TakeAsync))));

        // The management process hands back to the other one; that one, which stops last, to the store.
        Assert.Equal((0, 0), (await management.StopAsync(), await keygen.StopAsync()));
        var (leased, free) = await CountNumbersAsync();
        Assert.InRange(leased, 4 * BatchSize, 10 * BatchSize);
        Assert.Equal(leased - BatchSize - 1, free);
    }

    private static async Task<string> StatusesAsync(ServerProcess process, string? key, params string[] paths) =>
        string.Join(' ', (await Task.WhenAll(paths.Select(path => CallAsync(process, key, "GET", path)))).Select(answer => answer.Status));

    private static async Task<int> TakeAsync(ServerProcess process) =>
        (await CallAsync(process, null, "POST", Take, null, $"Authorization: Bearer {KeyGenApiTests.Token}")).Status;

    private static async Task<ApiAnswer> CallAsync(
        ServerProcess process, string? key, string method, string path, object? body = null, params string[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = process.Address };
        if (key is not null) client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return await client.CallAsync(method, path, body, headers);
    }

    /// <summary>The numbers that were ever leased, and how many of them are free again; takes the free ones.</summary>
    private async Task<(long Leased, long Free)> CountNumbersAsync()
    {
        await using var database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        using var store = new CassandraKeyBlockStore(database);
        var space = (await store.ActivateAsync(null, KeySpace.Create(7, "unused"u8), CancellationToken.None))[0];
        var free = 0L;
        while (true)
        {
            var block = (await store.LeaseAsync(space.Id, 10, Guid.CreateVersion7(), "test", CancellationToken.None)).Block!;
            if (block.Numbers.First >= space.Next) return (space.Next, free);
            free += block.Numbers.Count;
        }
    }

    private async Task<ServerProcess> StartAsync(params string[] settings)
    {
        var process = await ServerProcess.StartAsync(
            _directory.Path, [.. keyspace.ProcessSettings(), $"Redis:Connection={redis.Address}", $"KeyGen:Token={KeyGenApiTests.Token}", .. settings]);
        _processes.Add(process);
        return process;
    }
}
