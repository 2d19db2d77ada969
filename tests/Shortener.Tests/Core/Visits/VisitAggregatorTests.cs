using Shortener.Core;
using Shortener.Core.Visits;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Visits;

/// <summary>From the spool to the store, cut off between any two steps.</summary>
public sealed class VisitAggregatorTests : IDisposable
{
    private static readonly LinkGeneration Link = new("promo", 1);

    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedDatabase _database = new();
    private readonly SqliteVisitStore _inner;

    public VisitAggregatorTests() => _inner = new SqliteVisitStore(_database.Current, new(TimeSpan.FromDays(30), RawPerLink: 100, RawLifetime: TimeSpan.FromDays(30)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Processes_that_die_between_the_store_and_the_file_count_no_visit_twice()
    {
        var sent = 0;
        for (var life = 1; life <= 20; life++)
        {
            // A third of them die before the write, a third after it, a third after the mark.
            var store = new DyingStore(_inner, (DyingStore.Step)(life % 3));
            using (var spool = Open())
            {
                sent += Append(spool, life);
                await spool.StopAsync(Token);
                await Assert.ThrowsAsync<ProcessDiedException>(() => RunAsync(spool, store));
            }

            // The next one takes over what is left, and lives.
            if (life % 4 == 0) await RecoverAsync();
            if (life % 4 == 0) Assert.Equal(sent, await StoredAsync());
        }

        Assert.Empty(Directory.GetFiles(_directory.Path, "*.visits"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_dies_before_or_after_the_counts_loses_and_repeats_no_visit_that_is_kept_by_itself(bool hasCounted)
    {
        var store = new DyingStore(_inner, hasCounted ? DyingStore.Step.AfterAdd : DyingStore.Step.AfterRaw);
        using (var spool = Open())
        {
            Append(spool, 9);
            await spool.StopAsync(Token);
            await Assert.ThrowsAsync<ProcessDiedException>(() => RunAsync(spool, store, rawPerLink: 5));
        }

        await RecoverAsync(rawPerLink: 5);
        Assert.Equal(9, await StoredAsync());
        var page = await _inner.ReadRawAsync(new(Link, 100, null, DateTimeOffset.UnixEpoch), Token);
        Assert.Equal(5, page.Items.Count);
    }

    [Fact]
    public async Task While_the_store_is_down_visits_wait_and_then_all_are_stored()
    {
        var store = new DyingStore(_inner, DyingStore.Step.None) { Failure = new StoreException(StoreFailure.Unavailable, "away") };
        using var spool = Open();
        var aggregator = new VisitAggregator(spool, new VisitCounter(new(null)), store, TimeProvider.System);
        var failed = new TaskCompletionSource();
        aggregator.Failed += (_, _) => failed.TrySetResult();
        var running = aggregator.RunAsync(Token);
        var sent = Append(spool, 100);
        await spool.RotateAsync(Token);
        await failed.Task.WaitAsync(Token);
        Assert.Equal((0, sent), (aggregator.Stored, aggregator.Pending));

        store.Failure = null;
        sent += Append(spool, 50);
        await spool.StopAsync(Token);
        await running;
        Assert.Equal((sent, 0), (aggregator.Stored, aggregator.Pending));
        Assert.Equal(sent, await StoredAsync());
    }

    [Fact]
    public async Task A_stop_while_the_store_is_down_leaves_the_visits_to_the_next_process()
    {
        var store = new DyingStore(_inner, DyingStore.Step.None) { Failure = new StoreException(StoreFailure.Unavailable, "away") };
        int sent;
        using (var spool = Open())
        {
            sent = Append(spool, 10);
            await spool.StopAsync(Token);
            await new VisitAggregator(spool, new VisitCounter(new(null)), store, TimeProvider.System).RunAsync(new CancellationToken(canceled: true));
        }

        Assert.Equal(0, await StoredAsync());
        await RecoverAsync();
        Assert.Equal(sent, await StoredAsync());
    }

    [Fact]
    public async Task A_segment_that_cannot_be_read_is_set_aside_and_those_behind_it_are_stored()
    {
        int sent;
        using (var spool = Open())
        {
            Append(spool, 5);
            await spool.RotateAsync(Token);
            sent = Append(spool, 7);
            await spool.StopAsync(Token);
            var first = Directory.GetFiles(_directory.Path, "*.visits").Order(StringComparer.Ordinal).First();
            await File.WriteAllTextAsync(first, "no segment", Token);
            await RunAsync(spool, _inner);
        }

        Assert.Equal(sent, await StoredAsync());
        Assert.Single(Directory.GetFiles(_directory.Path, "*.set-aside"));
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.visits"));
    }

    private static int Append(VisitSpool spool, int visits)
    {
        for (var i = 0; i < visits; i++)
            Assert.True(spool.TryAppend(new Visit { Time = DateTimeOffset.UnixEpoch, Alias = Link.Alias, Generation = 1, Owner = "ann", UserAgent = "curl/8" }));
        return visits;
    }

    private async Task RecoverAsync(int rawPerLink = 0)
    {
        using var spool = Open();
        await spool.StopAsync(Token);
        await RunAsync(spool, _inner, rawPerLink);
    }

    private static Task RunAsync(VisitSpool spool, IVisitStore store, int rawPerLink = 0) =>
        new VisitAggregator(spool, new VisitCounter(new(null), rawPerLink), store, TimeProvider.System).RunAsync(Token);

    private VisitSpool Open() => VisitSpool.Open(
        new SpoolSettings { Directory = _directory.Path, SegmentBytes = SpoolSettings.MinSegmentBytes * 16 }, TimeProvider.System);

    private async Task<long> StoredAsync() => Assert.Single(await _inner.TotalsAsync([Link], Token)).Bots;

    /// <summary>The process ends here, as by kill -9: nothing after it is done.</summary>
    private sealed class ProcessDiedException : Exception;

    /// <summary>The real store; the process dies around one of its steps, or the store fails.</summary>
    private sealed class DyingStore(IVisitStore inner, DyingStore.Step dies) : IVisitStore
    {
        public enum Step
        {
            BeforeAdd,
            AfterAdd,
            AfterMark,
            AfterRaw,
            None,
        }

        public StoreException? Failure { get; set; }

        public async Task AddAsync(Guid spool, long number, SegmentCounts counts, DateTimeOffset now, CancellationToken cancellationToken)
        {
            if (Failure is { } failure) throw failure;
            if (dies == Step.BeforeAdd) throw new ProcessDiedException();
            await inner.AddAsync(spool, number, counts, now, cancellationToken);
            if (dies == Step.AfterAdd) throw new ProcessDiedException();
        }

        public async Task AddRawAsync(Guid spool, long number, IReadOnlyList<SegmentVisit> visits, CancellationToken cancellationToken)
        {
            await inner.AddRawAsync(spool, number, visits, cancellationToken);
            if (dies == Step.AfterRaw) throw new ProcessDiedException();
        }

        public Task<RawVisitPage> ReadRawAsync(RawVisitQuery query, CancellationToken cancellationToken) => inner.ReadRawAsync(query, cancellationToken);

        public async Task MarkStoredAsync(Guid spool, long number, CancellationToken cancellationToken)
        {
            await inner.MarkStoredAsync(spool, number, cancellationToken);
            if (dies == Step.AfterMark) throw new ProcessDiedException();
        }

        public Task<long> StoredThroughAsync(Guid spool, CancellationToken cancellationToken) => inner.StoredThroughAsync(spool, cancellationToken);

        public Task RollUpAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.RollUpAsync(now, cancellationToken);

        public Task<IReadOnlyList<VisitCount>> ReadAsync(VisitQuery query, CancellationToken cancellationToken) => inner.ReadAsync(query, cancellationToken);

        public Task<IReadOnlyList<VisitTotal>> TotalsAsync(IReadOnlyList<LinkGeneration> links, CancellationToken cancellationToken) =>
            inner.TotalsAsync(links, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<LinkGeneration>> LinksAsync(CancellationToken cancellationToken) => inner.LinksAsync(cancellationToken);

        public Task<IReadOnlyList<DayVisitors>> VisitorsAsync(
            LinkGeneration link, DateOnly first, DateOnly last, CancellationToken cancellationToken) => inner.VisitorsAsync(link, first, last, cancellationToken);

        public Task ForgetAsync(LinkGeneration link, CancellationToken cancellationToken) => inner.ForgetAsync(link, cancellationToken);
    }
}
