using System.Net;
using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>
/// A proxy swallows answers at random moments: Cassandra has done what was asked, and the store does not know. What the store says in
/// the end is what is stored, however long it takes until enough answers to conditional writes were lost.
/// </summary>
public sealed class CassandraLostAnswerTests(CassandraServer cassandra, KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>
{
    private readonly Random _random = new(20260203);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_create_resolves_to_what_is_stored_and_the_winner_is_not_told_that_its_alias_is_taken()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        await using var direct = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        var (store, other) = (new CassandraLinkStore(behindProxy), new CassandraLinkStore(direct));
        for (var round = 0; behindProxy.LostAnswers < 30; round++)
        {
            await UntilAnsweredAsync(store);
            var links = Enumerable.Range(0, 12).Select(i => Samples.NewLink($"link-{round}-{i}")).ToList();
            // Half of the aliases are wanted by others, through a way that loses nothing.
            var others = Task.WhenAll(links.Where((_, i) => i % 2 == 0).Select(link => other.InsertAsync(Samples.NewLink(link.Alias, "bob"), Token)));
            var answers = await LosingAnswersAsync(proxy, 8, () => links.ConvertAll(link => AnswerAsync(store.InsertAsync(link, Token))));
            var winners = (await others).OfType<Link>().ToDictionary(link => link.Alias);
            for (var i = 0; i < links.Count; i++)
            {
                var stored = await other.FindAsync(links[i].Alias, Token);
                var isMine = stored?.RequestId == links[i].RequestId;
                Assert.Equal(isMine, answers[i] is { IsRefused: false, Value: not null });
                if (!isMine) Assert.Equal(winners.GetValueOrDefault(links[i].Alias)?.RequestId, stored?.RequestId);
            }
        }
    }

    [Fact]
    public async Task Every_update_and_delete_resolves_to_what_is_stored()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        var store = new CassandraLinkStore(behindProxy);
        for (var round = 0; behindProxy.LostAnswers < 10; round++)
        {
            await UntilAnsweredAsync(store);
            var link = Samples.NewLink($"changed-{round}");
            Assert.NotNull(await store.InsertAsync(link, Token));
            var update = link with { Version = 2, RequestId = Guid.CreateVersion7(), Tags = ["other"] };
            var updated = await LosingAnswersAsync<bool>(proxy, 4, () => [AnswerAsync(store.UpdateAsync(update, 1, Token))]);
            await UntilAnsweredAsync(store);
            var current = Assert.IsType<Link>(await store.FindAsync(link.Alias, Token));
            Assert.Equal(current.RequestId == update.RequestId, updated[0].Value);

            var deleted = await LosingAnswersAsync<bool>(
                proxy, 2, () => [AnswerAsync(store.DeleteAsync(link.Alias, current.Version, Guid.CreateVersion7(), link.CreatedAt, Token))]);
            await UntilAnsweredAsync(store);
            Assert.Equal(await store.FindAsync(link.Alias, Token) is null, deleted[0].Value);
        }
    }

    [Fact]
    public async Task Every_end_that_a_link_has_is_written_down()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        await using var direct = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        var (store, ends) = (new CassandraLinkStore(behindProxy), new CassandraLinkEndStore(direct));
        for (var round = 0; behindProxy.LostAnswers < 20; round++)
        {
            // Each in an hour of its own, which has to be written down too.
            var start = DateTimeOffset.UnixEpoch.AddDays(30_000 + round);
            var links = Enumerable.Range(0, 12)
                .Select(i => Samples.NewLink($"ending-{round}-{i}") with { ExpiresAt = start.AddHours(i) }).ToList();
            await UntilAnsweredAsync(store);
            await LosingAnswersAsync(proxy, 8, () => links.ConvertAll(link => AnswerAsync(store.InsertAsync(link, Token))));
            await UntilAnsweredAsync(store);
            await LosingAnswersAsync(proxy, 6, () => links.ConvertAll(
                link => AnswerAsync(store.DeleteAsync(link.Alias, 1, Guid.CreateVersion7(), start.AddHours(12), Token))));

            var written = await ends.ListAsync(new(start, "", 0), start.AddDays(1), 1_000, Token);
            foreach (var link in links)
            {
                var life = await ends.FindAsync(link.Alias, Token);
                if (life is not null) Assert.Contains(new(link.ExpiresAt!.Value, link.Alias, 1), written);
                if (life?.DeletedAt is { } deletedAt) Assert.Contains(new(deletedAt, link.Alias, 1), written);
            }
        }
    }

    [Fact]
    public async Task No_number_is_leased_twice_or_lost()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        using var store = new CassandraKeyBlockStore(behindProxy);
        var links = new CassandraLinkStore(behindProxy);
        var space = KeySpace.Create(9, "secret"u8);
        await store.ActivateAsync(space, space, Token);
        var next = 0L;
        while (behindProxy.LostAnswers < 20)
        {
            await UntilAnsweredAsync(links);
            var leases = await LosingAnswersAsync<LeaseResult>(
                proxy, 3, () => [AnswerAsync(store.LeaseAsync(space.Id, 10, Guid.CreateVersion7(), "test", Token))]);
            if (leases[0].IsRefused) continue;
            Assert.Equal(new KeyRange(next, next + 10), leases[0].Value!.Block!.Numbers);
            next += 10;
        }
    }

    [Fact]
    public async Task No_visit_is_lost_or_folded_twice()
    {
        await using var proxy = new TcpProxy(await cassandra.EndPointAsync());
        await using var behindProxy = await OpenAsync(proxy.EndPoint);
        await using var direct = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        var (store, months, links) =
            (new CassandraVisitStore(direct, CountsOnly.Settings), new VisitMonths(behindProxy.Session), new CassandraLinkStore(behindProxy));
        var noon = new DateTimeOffset(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);
        var (link, spool) = (new LinkGeneration("visited", 1), Guid.CreateVersion7());
        var month = new LinkMonth(link, LinkMonth.NumberOf(DateOnly.FromDateTime(noon.UtcDateTime)), direct.Session.Datacenter);
        for (var number = 1; behindProxy.LostAnswers < 20; number++)
        {
            var segment = new SegmentCounts();
            segment.On(link, noon).Add(noon.Hour, VisitDimension.Total, "", people: 1, bots: 0);
            await store.AddAsync(spool, number, segment, noon, Token);
            var pending = await new PendingVisits(direct.Session).ReadAllAsync(link, withCounts: true, Token);
            await UntilAnsweredAsync(links);
            await LosingAnswersAsync<StoredMonth>(proxy, 3, () => [AnswerAsync(months.FoldAsync(month, pending, Token))]);

            var query = new VisitQuery(link, noon, noon.AddHours(1), VisitDimension.Total, VisitInterval.Hour);
            Assert.Equal(number, Assert.Single(await store.ReadAsync(query, Token)).People);
        }
    }

    private Task<CassandraDatabase> OpenAsync(IPEndPoint proxy) => CassandraDatabase.OpenAsync(
        keyspace.Settings with
        {
            ContactPoints = [proxy.Address.ToString()], Port = proxy.Port, RequestTimeout = TimeSpan.FromSeconds(1),
        },
        TimeProvider.System);

    /// <summary>
    /// Begins calls, drops answers until one was dropped or all have ended, and waits for the calls. Fewer than
    /// <paramref name="most"/> answers are let through before: about as many as there are up to that to the conditional write.
    /// </summary>
    private async Task<List<Answer<T>>> LosingAnswersAsync<T>(TcpProxy proxy, int most, Func<List<Task<Answer<T>>>> begin)
    {
        var before = proxy.Swallowed;
        proxy.DropAnswersAfter(_random.Next(most));
        var calls = begin();
        await Until.TrueAsync(() => proxy.Swallowed > before || calls.TrueForAll(call => call.IsCompleted));
        proxy.Mode = ProxyMode.Pass;
        await proxy.CutAsync();
        return [.. await Task.WhenAll(calls)];
    }

    /// <summary>The driver is connected again.</summary>
    private static Task UntilAnsweredAsync(CassandraLinkStore store) =>
        Until.TrueAsync(async () => !(await AnswerAsync(store.FindAsync("nobody", Token))).IsRefused);

    private static async Task<Answer<T>> AnswerAsync<T>(Task<T> call)
    {
        try
        {
            return new(IsRefused: false, await call);
        }
        catch (StoreException failure) when (failure.Failure == StoreFailure.Unavailable)
        {
            return new(IsRefused: true, default);
        }
    }

    /// <param name="IsRefused">The store was unavailable: it says that nothing was written.</param>
    /// <param name="Value">Otherwise its answer.</param>
    private sealed record Answer<T>(bool IsRefused, T? Value);
}
