using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Shortener.Core.Keys;
using Shortener.Server.KeyGen;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Core;
using Shortener.Tests.Core.Keys;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Server.KeyGen;

/// <summary>A process that takes keys from a real replica, through a proxy that fails, and has a store of its own besides.</summary>
public sealed class KeyGenClientTests : IAsyncLifetime
{
    private readonly EmbeddedDatabase _database = new();
    private readonly StillClock _clock = new();
    private KeyBlockStoreDecorator _store = null!;
    private KeyMaker _maker = null!;
    private RunningServer _replica = null!;
    private TcpProxy _proxy = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = new KeyBlockStoreDecorator(new SqliteKeyBlockStore(_database.Current));
        var space = KeySpaces.Of("own");
        _maker = new KeyMaker(_store, await _store.ActivateAsync(space, space, Token), 10, "test");
        _replica = await RunningServer.StartAsync($"KeyGen:Token={KeyGenApiTests.Token}", "KeyGen:BatchSize=10");
        _proxy = new TcpProxy(new IPEndPoint(IPAddress.Loopback, _replica.Address.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _replica.DisposeAsync();
        _maker.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task Keys_come_from_the_replica_and_the_store_is_left_alone()
    {
        using var client = ClientFor(_proxy.EndPoint);
        var allocator = new KeyAllocator(client);
        for (var i = 0; i < 25; i++) Assert.Equal(7, (await allocator.NextAsync(Token)).Alias.Length);
        Assert.Equal(0, _store.Leases);
    }

    [Fact]
    public async Task While_no_replica_is_reached_keys_are_leased_from_the_store_and_a_bad_one_is_left_alone_for_a_while()
    {
        var dead = new IPEndPoint(IPAddress.Loopback, RedisServer.UnusedPort());
        using var client = ClientFor(_proxy.EndPoint, dead);
        _proxy.Mode = ProxyMode.Blackhole;
        Assert.Equal(6, await LengthOfNextAsync(client));
        Assert.Equal(1, _store.Leases);

        _proxy.Mode = ProxyMode.Pass;
        var accepted = _proxy.Accepted;
        Assert.Equal(6, await LengthOfNextAsync(client));
        Assert.Equal(accepted, _proxy.Accepted);

        _clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(7, await LengthOfNextAsync(client));
        Assert.Equal(2, _store.Leases);
    }

    [Fact]
    public async Task A_replica_that_fails_is_replaced_by_the_next()
    {
        var dead = new IPEndPoint(IPAddress.Loopback, RedisServer.UnusedPort());
        for (var i = 0; i < 10; i++)
        {
            using var client = ClientFor(dead, _proxy.EndPoint);
            Assert.Equal(7, await LengthOfNextAsync(client));
        }

        Assert.Equal(0, _store.Leases);
    }

    [Fact]
    public async Task A_wrong_token_is_no_batch()
    {
        using var client = new KeyGenClient(
            OptionsFor("another token, which is wrong".Replace(' ', '-'), _proxy.EndPoint), _maker, _clock, NullLogger<KeyGenClient>.Instance);
        Assert.Equal(6, await LengthOfNextAsync(client));
    }

    [Fact]
    public async Task Unissued_keys_are_handed_back_to_a_replica_and_come_again()
    {
        using var client = ClientFor(_proxy.EndPoint);
        var allocator = new KeyAllocator(client);
        var (kept, unissued) = (await allocator.NextAsync(Token), await allocator.NextAsync(Token));

        await allocator.ReturnAsync([unissued], Token);

        Assert.Empty(_store.Returned);
        var again = new List<string>();
        while (!again.Contains(unissued.Alias)) again.Add((await allocator.NextAsync(Token)).Alias);
        Assert.DoesNotContain(kept.Alias, again);
    }

    [Fact]
    public async Task Where_no_replica_takes_them_back_the_store_does()
    {
        using var client = ClientFor(_proxy.EndPoint);
        var allocator = new KeyAllocator(client);
        var kept = await allocator.NextAsync(Token);
        _proxy.Mode = ProxyMode.Blackhole;

        await allocator.ReturnAsync([], Token);

        Assert.Equal([new KeyRange(kept.Number + 1, kept.Block.Numbers.End)], _store.Returned);
    }

    private static async Task<int> LengthOfNextAsync(KeyGenClient client) => (await client.TakeAsync(Token)).Aliases[0]!.Length;

    private static KeyGenOptions OptionsFor(string token, params IPEndPoint[] replicas) => new()
    {
        Token = token, Addresses = [.. replicas.Select(replica => $"http://{replica}")], AvoidFor = TimeSpan.FromSeconds(10),
    };

    private KeyGenClient ClientFor(params IPEndPoint[] replicas) =>
        new(OptionsFor(KeyGenApiTests.Token, replicas), _maker, _clock, NullLogger<KeyGenClient>.Instance);
}
