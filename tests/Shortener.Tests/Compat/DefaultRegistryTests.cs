using System.Diagnostics.Metrics;
using System.Runtime.Loader;
using System.Text;
using Prometheus;

namespace Shortener.Tests.Compat;

/// <summary>
/// The default registry takes its defaults once, at its first scrape. So each of these tests loads the library anew,
/// with a default registry of its own, and leaves that of the other tests as it is.
/// </summary>
public sealed class DefaultRegistryTests : IDisposable
{
    private static readonly string[] OfTheProcess =
    [
        "dotnet_collection_count_total{generation=\"0\"}", "dotnet_total_memory_bytes", "process_cpu_seconds_total",
        "process_num_threads", "process_open_handles", "process_private_memory_bytes", "process_start_time_seconds",
        "process_virtual_memory_bytes", "process_working_set_bytes",
    ];

    private readonly Meter meter = new($"compat_default_{Guid.NewGuid():N}");
    private readonly Type metrics = new AssemblyLoadContext(nameof(DefaultRegistryTests))
        .LoadFromAssemblyPath(typeof(Metrics).Assembly.Location)
        .GetType(typeof(Metrics).FullName!, throwOnError: true)!;

    public void Dispose() => meter.Dispose();

    [Fact]
    public async Task The_process_is_there_by_default()
    {
        OnlyTheMeterOfThisTest();
        var text = await ScrapeAsync();
        Assert.All(OfTheProcess, sample => Assert.NotNull(Scrape.Value(text, sample)));
        Assert.InRange(Scrape.Value(text, "process_working_set_bytes")!.Value, 1_000_000, 1e12);
        Assert.InRange(Scrape.Value(text, "process_start_time_seconds")!.Value, 1.7e9, 1e11);
        Assert.InRange(Scrape.Value(text, "process_cpu_seconds_total")!.Value, 0.001, 1e9);
    }

    [Fact]
    public async Task Meters_are_heard_from_the_first_scrape()
    {
        OnlyTheMeterOfThisTest();
        var counter = meter.CreateUpDownCounter<int>("c");
        counter.Add(100);
        await ScrapeAsync();
        counter.Add(1);
        Assert.Equal(1, Scrape.Value(await ScrapeAsync(), meter.Name + "_c"));
        counter.Add(1);
        Assert.Equal(2, Scrape.Value(await ScrapeAsync(), meter.Name + "_c"));
    }

    [Fact]
    public async Task The_default_page_is_clean_for_promtool()
    {
        Scrape.SkipUnlessStandIn("The official package adds event counters, named by whoever made them.");
        OnlyTheMeterOfThisTest();
        meter.CreateObservableGauge("queue.length", () => 3, description: "Entries.");
        await Promtool.AssertCleanAsync(await ScrapeAsync());
    }

    [Fact]
    public async Task All_of_it_can_be_suppressed()
    {
        metrics.GetMethod(nameof(Metrics.SuppressDefaultMetrics), [])!.Invoke(null, null);
        meter.CreateObservableGauge("g", () => 1);
        Assert.Equal("", await ScrapeAsync());
    }

    [Fact]
    public async Task The_process_can_be_suppressed_alone()
    {
        OnlyTheMeterOfThisTest();
        var options = metrics.Assembly.GetType(typeof(SuppressDefaultMetricOptions).FullName!)!;
        dynamic suppressed = Activator.CreateInstance(options)!;
        suppressed.SuppressProcessMetrics = true;
        suppressed.SuppressDebugMetrics = true;
        suppressed.SuppressEventCounters = true;
        metrics.GetMethod(nameof(Metrics.SuppressDefaultMetrics), [options])!.Invoke(null, [suppressed]);
        meter.CreateObservableGauge("g", () => 1);

        var text = await ScrapeAsync();

        Assert.Equal(1, Scrape.Value(text, meter.Name + "_g"));
        Assert.All(OfTheProcess, sample => Assert.Null(Scrape.Value(text, sample)));
    }

    private void OnlyTheMeterOfThisTest()
    {
        Action<object> configure = options => ((dynamic)options).InstrumentFilterPredicate =
            (Func<Instrument, bool>)(instrument => instrument.Meter == meter);
        metrics.GetMethod(nameof(Metrics.ConfigureMeterAdapter))!.Invoke(null, [configure]);
    }

    private async Task<string> ScrapeAsync()
    {
        dynamic registry = metrics.GetProperty(nameof(Metrics.DefaultRegistry))!.GetValue(null)!;
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(page.ToArray());
    }
}
