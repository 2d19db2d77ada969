using Shortener.Core;
using Shortener.Core.Visits;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>Cassandra goes away while visits of links that have ended are removed.</summary>
public sealed class CassandraRetentionOutageTests(CassandraServer cassandra, KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly Random _random = new(20260203);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_not_removed_when_it_went_is_removed_when_it_is_back()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var direct = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        await using var behindProxy = await CassandraDatabase.OpenAsync(
            keyspace.Settings with
            {
                ContactPoints = [proxy.EndPoint.Address.ToString()], Port = proxy.EndPoint.Port,
                RequestTimeout = TimeSpan.FromSeconds(1), DecisionTimeout = TimeSpan.FromSeconds(1),
            },
            TimeProvider.System);
        var visits = new CassandraVisitStore(direct, CountsOnly.Settings);
        var retention = new VisitRetention(
            new CassandraLinkEndStore(behindProxy), new CassandraVisitStore(behindProxy, CountsOnly.Settings), Kept);
        for (var round = 0; round < 3; round++)
        {
            var end = Noon.AddDays(round);
            var ended = await MakeAsync(direct, visits, $"ended-{round}", 100, end);
            var live = await MakeAsync(direct, visits, $"live-{round}", 1, expiresAt: null);
            proxy.DropAnswersAfter(5 + _random.Next(20));
            await Assert.ThrowsAsync<StoreException>(() => retention.RunAsync(end + Kept + TimeSpan.FromHours(1), Token));
            Assert.Contains(new VisitTotal(1, 0), await visits.TotalsAsync(ended, Token));

            proxy.Mode = ProxyMode.Pass;
            await proxy.CutAsync();
            await Until.TrueAsync(async () => await IsDoneAsync(retention, end + Kept + TimeSpan.FromHours(1)));
            Assert.All(await visits.TotalsAsync(ended, Token), total => Assert.Equal(default, total));
            Assert.Equal([new VisitTotal(1, 0)], await visits.TotalsAsync(live, Token));
        }
    }

    private static async Task<bool> IsDoneAsync(VisitRetention retention, DateTimeOffset now)
    {
        try
        {
            await retention.RunAsync(now, Token);
            return true;
        }
        catch (StoreException)
        {
            // The driver connects again.
            return false;
        }
    }

    /// <summary>Links with a visit each.</summary>
    private static async Task<List<LinkGeneration>> MakeAsync(
        CassandraDatabase database, CassandraVisitStore visits, string name, int count, DateTimeOffset? expiresAt)
    {
        var store = new CassandraLinkStore(database);
        var links = Enumerable.Range(0, count).Select(i => Samples.NewLink($"{name}-{i}") with { ExpiresAt = expiresAt }).ToList();
        await Task.WhenAll(links.Select(link => store.InsertAsync(link, Token)));
        var generations = links.ConvertAll(link => new LinkGeneration(link.Alias, 1));
        var segment = new SegmentCounts();
        foreach (var link in generations) segment.On(link, Noon).Add(Noon.Hour, VisitDimension.Total, "", 1, 0);
        await visits.AddAsync(Guid.CreateVersion7(), 1, segment, Noon, Token);
        return generations;
    }
}
