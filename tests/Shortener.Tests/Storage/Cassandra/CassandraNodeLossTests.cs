using System.Collections.Concurrent;
using Shortener.Core.Links;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>One of three nodes is killed while links are made.</summary>
[Collection(CassandraRing.Collection), Trait("Run", "long")]
public sealed class CassandraNodeLossTests(CassandraRing ring, KeyspaceOfThreeNodes keyspace) : IClassFixture<KeyspaceOfThreeNodes>
{
    [Fact]
    public async Task No_acknowledged_link_is_lost_and_links_go_on_being_made()
    {
        const int Before = 200, After = 400;
        await ring.HealAsync();
        await using var database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        var store = new CassandraLinkStore(database);
        var made = new ConcurrentQueue<Link>();
        var (enough, isKilled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var next = 0;
        var writers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (made.Count < Before + After || !isKilled.Task.IsCompleted)
            {
                var link = Samples.NewLink($"link-{Interlocked.Increment(ref next):00000}");
                made.Enqueue(Assert.IsType<Link>(await store.InsertAsync(link, CancellationToken.None)));
                if (made.Count >= Before) enough.TrySetResult();
            }
        })).ToList();

        await Task.WhenAny([enough.Task, .. writers]);
        await ring.KillAsync(2);
        isKilled.SetResult();
        await Task.WhenAll(writers);

        Assert.InRange(made.Count, Before + After, int.MaxValue);
        await Task.WhenAll(made.Select(async link => Assert.Equal(link.RequestId, (await store.FindAsync(link.Alias, default))?.RequestId)));
        await ring.HealAsync();
    }
}
