using Shortener.Core.Visits;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Core.Visits.Accounts;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>The reconciliation of visits that are pending, folded and copied. Each test looks at what is told of its own links.</summary>
public sealed class CassandraReconciliationTests(KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>, IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(VisitsOfEveryKind.Noon.UtcDateTime);

    private readonly string _suffix = $"-{Guid.CreateVersion7():N}";
    private CassandraDatabase? _opened;
    private CassandraVisitStore _store = null!;
    private VisitsOfEveryKind _visits = null!;

    private LinkMonth Month => new(new($"promo{_suffix}", 1), LinkMonth.NumberOf(Today), _opened!.Session.Datacenter);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _opened = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        _store = new CassandraVisitStore(_opened, CountsOnly.Settings);
        _visits = new VisitsOfEveryKind(_store, new CassandraLinkStore(_opened), _suffix);
        await _visits.MakeLinksAsync();
        await _visits.AddAsync(2);
    }

    public ValueTask DisposeAsync() => _opened?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Visits_of_every_kind_agree_pending_and_folded()
    {
        Assert.Empty(await ToldAsync());
        await RollUpAsync();
        Assert.Empty(await ToldAsync());
        await _visits.AddAsync();
        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task Visits_that_come_and_are_rolled_up_meanwhile_make_no_link_disagree()
    {
        var adding = Task.WhenAll(_visits.AddAsync(40), RollUpAsync());
        // Of an owner a segment may be missing here: none of these adds is ever over.
        do Assert.DoesNotContain(await ToldAsync(), line => line.StartsWith("Link", StringComparison.Ordinal));
        while (!adding.IsCompleted);
        await adding;
        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task A_changed_copy_of_the_sums_is_told()
    {
        await RollUpAsync();
        await _opened!.Session.WriteAsync(
            new("UPDATE visit_totals SET people = 9 WHERE alias = ? AND generation = ? AND month = ? AND datacenter = ?",
                Month.Link.Alias, Month.Link.Generation, Month.Month, Month.Datacenter),
            Token);
        Assert.Contains(
            $"Link {Month.Link.Alias}, generation 1: 9 by people and 2 by bots in all, but its days have 2 by people and 2 by bots.",
            await ToldAsync());
    }

    [Fact]
    public async Task A_changed_document_is_told()
    {
        await RollUpAsync();
        var counts = DayCounts.Parse((await new VisitMonths(_opened!.Session).ReadAsync(Month, Token)).Days[Today]);
        counts.Add(12, VisitDimension.Country, "DE", 0, 1);
        await _opened.Session.WriteAsync(
            new("INSERT INTO visit_months (alias, generation, month, datacenter, day, counts) VALUES (?, ?, ?, ?, ?, ?)",
                Month.Link.Alias, Month.Link.Generation, Month.Month, Month.Datacenter, Today.DayNumber, counts.ToBytes()),
            Token);
        Assert.Equal(
            [$"Link {Month.Link.Alias}, generation 1, 2026-02-03: 2 by people and 2 by bots, but by Country 2 by people and 3 by bots."],
            await ToldAsync());
    }

    /// <summary>By the time at which all that came until now is folded.</summary>
    private Task RollUpAsync() => _store.RollUpAsync(TimeProvider.System.GetUtcNow().AddHours(1), Token);

    private async Task<List<string>> ToldAsync() =>
        [.. (await _visits.ReconcileAsync()).Where(line => line.Contains(_suffix, StringComparison.Ordinal))];
}
