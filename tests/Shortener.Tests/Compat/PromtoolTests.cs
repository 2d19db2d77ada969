using System.Diagnostics.Metrics;
using Prometheus;

namespace Shortener.Tests.Compat;

public sealed class PromtoolTests
{
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly MetricFactory metrics;

    public PromtoolTests() => metrics = Metrics.WithCustomRegistry(registry);

    [Fact]
    public async Task Metrics_of_each_kind_are_clean()
    {
        metrics.CreateCounter("redirects_total", "Redirects, \"all\" of C:\\ü.", "path").WithLabels("\"a\\b\nc\" ü").Inc();
        metrics.CreateCounter("redirects_total", "Redirects, \"all\" of C:\\ü.", "other").WithLabels("").Inc();
        metrics.CreateGauge("keys_left", "Keys.").Set(double.NaN);
        metrics.CreateHistogram("redirect_seconds", "Time.", "path").WithLabels("/").Observe(0.2);
        metrics.CreateCounter("unused_total", "A counter without a child.", "path");
        await Promtool.AssertCleanAsync(await Scrape.TextAsync(registry));
    }

    [Fact]
    public async Task Instruments_of_meters_are_clean()
    {
        Scrape.SkipUnlessStandIn("As gauges, which the official package makes of them, counters must not end in _total.");
        using var meter = new Meter("Shortener.Promtool");
        using var adapter = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = registry,
            InstrumentFilterPredicate = instrument => instrument.Meter == meter,
        });
        meter.CreateCounter<long>("redirects.total", "{redirect}", "Redirects.")
            .Add(1, new KeyValuePair<string, object?>("k", "v"));
        meter.CreateObservableCounter("visits.total", () => 5, "{visit}", "Visits.");
        meter.CreateUpDownCounter<long>("spool.length").Add(-1);
        meter.CreateGauge<double>("keys.left").Record(double.PositiveInfinity);
        meter.CreateHistogram<double>("redirect.duration.seconds", "s", "Time.").Record(0.1);
        await Promtool.AssertCleanAsync(await Scrape.TextAsync(registry));
    }
}
