using System.Net;
using Shortener.Core.Keys;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Server.KeyGen;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.Processes;

/// <summary>The service as processes that run a role each, over one Cassandra and one Redis.</summary>
[Collection(nameof(KeyspaceOfOneNode))]
public sealed class SplitRolesTests(KeyspaceOfOneNode keyspace, RedisServer redis, CassandraServer cassandra)
    : IClassFixture<RedisServer>, IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<ServerProcess> _processes = [];

    public async ValueTask InitializeAsync()
    {
        await cassandra.EndPointAsync();
        await keyspace.CleanAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Each_answers_what_its_role_maps_and_together_they_make_and_follow_a_link()
    {
        var keygen = await StartAsync("Roles=keygen");
        var management = await StartAsync("Roles=management", $"KeyGen:Addresses={keygen.Address}");
        var redirect = await StartAsync("Roles=redirect");
        Assert.Null(keygen.Key);
        Assert.Null(redirect.Key);
        using var api = ClientOf(management, management.Key);
        var link = (await api.MakeAsync(new { url = "https://example.com/x" })).Expect(HttpStatusCode.Created);
        var alias = $"/{link.StringOf("alias")}";

        await AssertAnswersAsync(keygen, (alias, 404), (Api.Links, 404), ("/docs/index.html", 404), ("/openapi/v1.json", 404), ("/", 404));
        await AssertAnswersAsync(management, (alias, 404), ("/internal/keys", 404), (Api.Links, 200), ("/docs/index.html", 200), ("/openapi/v1.json", 200), ("/", 404));
        await AssertAnswersAsync(redirect, (alias, 302), ("/internal/keys", 404), (Api.Links, 404), ("/docs/index.html", 404), ("/openapi/v1.json", 404), ("/", 200));

        async Task AssertAnswersAsync(ServerProcess process, params (string Path, int Status)[] expected)
        {
            using var client = ClientOf(process, management.Key);
            foreach (var (path, status) in expected.Append(("/health/live", 200)).Append(("/health/ready", 200)).Append(("/metrics", 200)))
                Assert.Equal((path, status), (path, (await client.ReadAsync(path)).Status));
            var take = await client.CallAsync("POST", "/internal/keys", null, $"Authorization: Bearer {KeyGenApiTests.Token}");
            Assert.Equal(process == keygen ? 200 : 404, take.Status);
        }
    }

    /// <summary>The one process hands back to the other, and that one, which stops last, to the store.</summary>
    [Fact]
    public async Task After_stops_every_number_leased_is_a_links_or_free()
    {
        const int links = 5;
        var keygen = await StartAsync("Roles=keygen", "KeyGen:BatchSize=50", "KeyGen:ReadyBatches=3");
        var management = await StartAsync("Roles=management", $"KeyGen:Addresses={keygen.Address}", "Keys:PoolSize=70", "Keys:LowWater=30");
        using (var api = ClientOf(management, management.Key))
        {
            for (var i = 0; i < links; i++) (await api.MakeAsync(new { url = "https://example.com/" })).Expect(HttpStatusCode.Created);
        }

        Assert.Equal(0, await management.StopAsync());
        Assert.Equal(0, await keygen.StopAsync());

        await using var database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        using var store = new CassandraKeyBlockStore(database);
        var none = KeySpace.Create(7, "unused"u8);
        var space = (await store.ActivateAsync(null, none, CancellationToken.None))[0];
        var free = 0L;
        while (true)
        {
            var block = (await store.LeaseAsync(space.Id, 10, Guid.CreateVersion7(), "test", CancellationToken.None)).Block!;
            if (block.Numbers.First >= space.Next) break;
            free += block.Numbers.Count;
        }

        Assert.InRange(space.Next, 4 * 50, 10 * 50);
        Assert.Equal(space.Next - links, free);
    }

    private static HttpClient ClientOf(ServerProcess process, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = process.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private async Task<ServerProcess> StartAsync(params string[] settings)
    {
        var process = await ServerProcess.StartAsync(
            _directory.Path, [.. keyspace.ProcessSettings(), $"Redis:Connection={redis.Address}", $"KeyGen:Token={KeyGenApiTests.Token}", .. settings]);
        _processes.Add(process);
        return process;
    }
}
