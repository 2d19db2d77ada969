using Prometheus;

namespace Shortener.Tests.Compat;

public sealed class ConcurrencyTests
{
    private const int Threads = 8;
    private const int Rounds = 20_000;
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly MetricFactory metrics;

    public ConcurrencyTests() => metrics = Metrics.WithCustomRegistry(registry);

    [Fact]
    public void Increments_of_many_threads_add_up()
    {
        var counter = metrics.CreateCounter("c_total", "A counter.", "a");
        var gauge = metrics.CreateGauge("g", "A gauge.");
        var histogram = metrics.CreateHistogram("h", "A histogram.");
        Parallel.For(0, Threads, thread =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                counter.WithLabels((i % 3).ToString(System.Globalization.CultureInfo.InvariantCulture)).Inc();
                gauge.Inc(2);
                gauge.Dec();
                histogram.Observe(0.5);
            }
        });
        const int all = Threads * Rounds;
        Assert.Equal(all, counter.WithLabels("0").Value + counter.WithLabels("1").Value + counter.WithLabels("2").Value);
        Assert.Equal(all, gauge.Value);
        Assert.Equal(all, histogram.Count);
        Assert.Equal(all * 0.5, histogram.Sum);
    }

    [Fact]
    public async Task A_scrape_beside_updates_sees_counters_that_only_grow()
    {
        var counter = metrics.CreateCounter("c_total", "A counter.", "a").WithLabels("x");
        var histogram = metrics.CreateHistogram("h", "A histogram.");
        double lastCount = 0, lastObserved = 0;
        await BesideUpdatesAsync(
            _ =>
            {
                counter.Inc();
                histogram.Observe(0.5);
            },
            text =>
            {
                var count = Scrape.Value(text, """c_total{a="x"}""")!.Value;
                var observed = Scrape.Value(text, "h_count")!.Value;
                Assert.True(count >= lastCount, $"{count} after {lastCount}");
                Assert.True(observed >= lastObserved, $"{observed} after {lastObserved}");
                (lastCount, lastObserved) = (count, observed);
            });
        Assert.Equal(counter.Value, Scrape.Value(await Scrape.TextAsync(registry), """c_total{a="x"}"""));
        Assert.Equal(counter.Value, histogram.Count);
    }

    [Fact]
    public async Task The_last_bucket_equals_the_count_beside_updates()
    {
        Scrape.SkipUnlessStandIn("The official package does not promise it.");
        var histogram = metrics.CreateHistogram("h", "A histogram.");
        await BesideUpdatesAsync(
            round => histogram.Observe(round % 20),
            text => Assert.Equal(Scrape.Value(text, "h_count"), Scrape.Value(text, """h_bucket{le="+Inf"}""")));
    }

    /// <summary>Looks at 500 scrapes, while two threads of their own (the pool's may be taken) update without a pause.</summary>
    private async Task BesideUpdatesAsync(Action<int> update, Action<string> look)
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] updates = [StartUpdates(), StartUpdates()];
        await begun.Task;
        try
        {
            for (var i = 0; i < 500; i++)
                look(await Scrape.TextAsync(registry));
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(updates);
        }

        Task StartUpdates() => Task.Factory.StartNew(
            () =>
            {
                begun.TrySetResult();
                for (var round = 0; !stop.IsCancellationRequested; round++)
                    update(round);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }
}
