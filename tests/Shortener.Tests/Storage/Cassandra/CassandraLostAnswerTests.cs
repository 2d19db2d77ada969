using System.Net;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>
/// A proxy swallows the answers to conditional writes: Cassandra has done them, and the store does not know. What it says in the end
/// is what is stored.
/// </summary>
public sealed class CassandraLostAnswerTests(CassandraServer cassandra, KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_create_resolves_to_what_is_stored_and_the_winner_is_not_told_that_its_alias_is_taken()
    {
        const int Rounds = 4, Links = 12;
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        await using var direct = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        var (store, other) = (new CassandraLinkStore(behindProxy), new CassandraLinkStore(direct));
        await store.InsertAsync(Samples.NewLink("prepares-the-statements"), Token);
        var lost = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var links = Enumerable.Range(0, Links).Select(i => Samples.NewLink($"link-{round}-{i}")).ToList();
            proxy.Mode = ProxyMode.DropAnswers;
            var creates = links.Select(link => store.InsertAsync(link, Token)).ToList();
            // Half of the aliases are wanted by others, through a way that loses nothing.
            var others = await Task.WhenAll(links.Where((_, i) => i % 2 == 0).Select(link => other.InsertAsync(Samples.NewLink(link.Alias, "bob"), Token)));
            await UntilAsync(() => proxy.Swallowed > lost);
            proxy.Mode = ProxyMode.Pass;
            await proxy.CutAsync();
            var answers = await Task.WhenAll(creates);
            lost = proxy.Swallowed;

            var winners = others.OfType<Link>().ToDictionary(link => link.Alias);
            for (var i = 0; i < Links; i++)
            {
                var stored = Assert.IsType<Link>(await other.FindAsync(links[i].Alias, Token));
                var expected = winners.TryGetValue(links[i].Alias, out var winner) ? winner : links[i];
                Assert.Equal(expected.RequestId, stored.RequestId);
                Assert.Equal(winner is null, answers[i] is not null);
            }
        }
    }

    [Fact]
    public async Task Updates_and_deletes_resolve_to_what_is_stored()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        var store = new CassandraLinkStore(behindProxy);
        var (kept, deleted) = (Samples.NewLink("kept"), Samples.NewLink("deleted"));
        foreach (var link in new[] { kept, deleted })
        {
            await store.InsertAsync(link, Token);
            Assert.True(await store.UpdateAsync(link with { Version = 2, RequestId = Guid.CreateVersion7() }, 1, Token));
        }

        var update = kept with { Version = 3, RequestId = Guid.CreateVersion7(), Title = "new" };
        Assert.True(await LosingAnswersAsync(proxy, () => store.UpdateAsync(update, 2, Token)));
        Assert.Equal(update.RequestId, (await store.FindAsync("kept", Token))!.RequestId);
        Assert.False(await LosingAnswersAsync(proxy, () => store.UpdateAsync(update with { RequestId = Guid.CreateVersion7() }, 2, Token)));
        Assert.True(await LosingAnswersAsync(proxy, () => store.DeleteAsync("deleted", 2, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, Token)));
        Assert.Null(await store.FindAsync("deleted", Token));
    }

    [Fact]
    public async Task A_lease_whose_answer_is_lost_is_leased_once()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        using var store = new CassandraKeyBlockStore(behindProxy);
        var space = KeySpace.Create(9, "secret"u8);
        await store.ActivateAsync(space, space, Token);
        await store.LeaseAsync(space.Id, 10, Guid.CreateVersion7(), "test", Token);
        for (var first = 10; first < 50; first += 10)
        {
            var result = await LosingAnswersAsync(proxy, () => store.LeaseAsync(space.Id, 10, Guid.CreateVersion7(), "test", Token));
            Assert.Equal(new KeyRange(first, first + 10), result.Block!.Numbers);
        }
    }

    private Task<CassandraDatabase> OpenAsync(IPEndPoint proxy) => CassandraDatabase.OpenAsync(
        keyspace.Settings with
        {
            ContactPoints = [proxy.Address.ToString()], Port = proxy.Port, RequestTimeout = TimeSpan.FromSeconds(1),
        },
        TimeProvider.System);

    /// <summary>Begins a call while answers get lost, and ends it when one has been.</summary>
    private static async Task<T> LosingAnswersAsync<T>(TcpProxy proxy, Func<Task<T>> callAsync)
    {
        var before = proxy.Swallowed;
        proxy.Mode = ProxyMode.DropAnswers;
        var call = callAsync();
        await UntilAsync(() => proxy.Swallowed > before);
        proxy.Mode = ProxyMode.Pass;
        await proxy.CutAsync();
        return await call;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5, Token);
    }
}
