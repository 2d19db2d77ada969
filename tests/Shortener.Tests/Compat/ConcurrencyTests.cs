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
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var updates = Task.Run(
            () => Parallel.For(0, 2, _ =>
            {
                begun.TrySetResult();
                while (!stop.IsCancellationRequested)
                {
                    counter.Inc();
                    histogram.Observe(0.5);
                }
            }),
            TestContext.Current.CancellationToken);
        await begun.Task;

        double lastCount = 0, lastObserved = 0;
        for (var i = 0; i < 200; i++)
        {
            var text = await Scrape.TextAsync(registry);
            var count = Scrape.Value(text, """c_total{a="x"}""")!.Value;
            var observed = Scrape.Value(text, "h_count")!.Value;
            Assert.True(count >= lastCount, $"{count} after {lastCount}");
            Assert.True(observed >= lastObserved, $"{observed} after {lastObserved}");
            (lastCount, lastObserved) = (count, observed);
        }
        await stop.CancelAsync();
        await updates;

        Assert.Equal(counter.Value, Scrape.Value(await Scrape.TextAsync(registry), """c_total{a="x"}"""));
        Assert.Equal(counter.Value, histogram.Count);
    }

    [Fact]
    public async Task The_last_bucket_equals_the_count_beside_updates()
    {
        Scrape.SkipUnlessStandIn("The official package does not promise it.");
        var histogram = metrics.CreateHistogram("h", "A histogram.");
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var updates = Task.Run(
            () =>
            {
                begun.SetResult();
                for (var i = 0; !stop.IsCancellationRequested; i++)
                    histogram.Observe(i % 20);
            },
            TestContext.Current.CancellationToken);
        await begun.Task;
        for (var i = 0; i < 500; i++)
        {
            var text = await Scrape.TextAsync(registry);
            Assert.Equal(Scrape.Value(text, "h_count"), Scrape.Value(text, """h_bucket{le="+Inf"}"""));
        }
        await stop.CancelAsync();
        await updates;
    }
}
