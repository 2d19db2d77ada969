using System.Diagnostics.Metrics;
using Prometheus;

namespace Shortener.Tests.Compat;

public sealed class MeterAdapterTests : IDisposable
{
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly Meter meter = new($"Compat.Meter-{Guid.NewGuid():N}");
    private readonly IDisposable adapter;

    public MeterAdapterTests() => adapter = MeterAdapter.StartListening(new MeterAdapterOptions
    {
        Registry = registry,
        InstrumentFilterPredicate = instrument => instrument.Meter == meter && instrument.Name != "unwanted",
        ResolveHistogramBuckets = instrument =>
            instrument.Name == "own.buckets" ? [1, 2] : MeterAdapterOptions.DefaultHistogramBuckets,
    });

    public void Dispose()
    {
        adapter.Dispose();
        meter.Dispose();
    }

    [Fact]
    public async Task A_counter_sums_what_was_added()
    {
        var counter = meter.CreateCounter<long>("links.created", "{link}", "Links created.");
        counter.Add(2, new("Source", "api"), new KeyValuePair<string, object?>("a-b", 7));
        counter.Add(3, new("a-b", 7), new KeyValuePair<string, object?>("Source", "api"));
        counter.Add(1, new KeyValuePair<string, object?>("source", null));
        counter.Add(4, new KeyValuePair<string, object?>("other", null));

        var text = await Scrape.TextAsync(registry);

        Assert.Equal(5, Scrape.Value(text, Name("links_created") + """{a_b="7",source="api"}"""));
        Assert.Equal(1, Scrape.Value(text, Name("links_created") + """{source=""}"""));
        Assert.Equal(4, Scrape.Value(text, Name("links_created") + """{other=""}"""));
        Assert.Contains(
            $"# HELP {Name("links_created")} ({{link}}) Links created. (Counter`1)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_kind_of_instrument_has_its_type()
    {
        Scrape.SkipUnlessStandIn("The official package shows counters as gauges, and Gauge<T> not at all.");
        meter.CreateCounter<int>("c").Add(1);
        meter.CreateObservableCounter("oc", () => 1);
        meter.CreateUpDownCounter<int>("udc").Add(1);
        meter.CreateObservableUpDownCounter("oudc", () => 1);
        meter.CreateGauge<int>("g").Record(1);
        meter.CreateObservableGauge("og", () => 1);
        meter.CreateHistogram<int>("h").Record(1);

        var text = await Scrape.TextAsync(registry);

        Assert.All(["c", "oc"], name => AssertType("counter", name));
        Assert.All(["udc", "oudc", "g", "og"], name => AssertType("gauge", name));
        AssertType("histogram", "h");

        void AssertType(string type, string name) =>
            Assert.Contains($"# TYPE {Name(name)} {type}\n{Name(name)}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_observable_counter_shows_what_it_observes()
    {
        var total = 10;
        meter.CreateObservableCounter("oc", () => new Measurement<int>(total, new KeyValuePair<string, object?>("k", "v")));
        Assert.Equal(10, Scrape.Value(await Scrape.TextAsync(registry), Name("oc") + """{k="v"}"""));
        total = 14;
        Assert.Equal(14, Scrape.Value(await Scrape.TextAsync(registry), Name("oc") + """{k="v"}"""));
    }

    [Fact]
    public async Task Up_down_counters_and_gauges_go_both_ways()
    {
        var upDown = meter.CreateUpDownCounter<double>("udc");
        upDown.Add(5, new KeyValuePair<string, object?>("k", true));
        upDown.Add(-7.5, new KeyValuePair<string, object?>("k", true));
        meter.CreateObservableUpDownCounter("oudc", () => (short)-4);
        meter.CreateObservableGauge("og", () => new[]
        {
            new Measurement<decimal>(1.5m, new KeyValuePair<string, object?>("k", "a")),
            new Measurement<decimal>(-2m, new KeyValuePair<string, object?>("k", "b")),
        });

        var text = await Scrape.TextAsync(registry);

        Assert.Equal(-2.5, Scrape.Value(text, Name("udc") + """{k="True"}"""));
        Assert.Equal(-4, Scrape.Value(text, Name("oudc")));
        Assert.Equal(1.5, Scrape.Value(text, Name("og") + """{k="a"}"""));
        Assert.Equal(-2, Scrape.Value(text, Name("og") + """{k="b"}"""));
    }

    [Fact]
    public async Task A_gauge_shows_what_was_recorded_last()
    {
        Scrape.SkipUnlessStandIn("The official package does not know Gauge<T>.");
        var gauge = meter.CreateGauge<byte>("g");
        gauge.Record(200, new KeyValuePair<string, object?>("k", 1.5));
        gauge.Record(3, new KeyValuePair<string, object?>("k", 1.5));
        Assert.Equal(3, Scrape.Value(await Scrape.TextAsync(registry), Name("g") + """{k="1.5"}"""));
    }

    [Fact]
    public async Task A_histogram_has_the_buckets_that_the_options_name()
    {
        var own = meter.CreateHistogram<double>("own.buckets");
        own.Record(1.5, new KeyValuePair<string, object?>("k", "v"));
        own.Record(9, new KeyValuePair<string, object?>("k", "v"));
        meter.CreateHistogram<float>("others").Record(0.015f);

        var text = await Scrape.TextAsync(registry);

        Assert.Equal(0, Scrape.Value(text, Name("own_buckets_bucket") + """{k="v",le="1"}"""));
        Assert.Equal(1, Scrape.Value(text, Name("own_buckets_bucket") + """{k="v",le="2"}"""));
        Assert.Equal(2, Scrape.Value(text, Name("own_buckets_bucket") + """{k="v",le="+Inf"}"""));
        Assert.Equal(10.5, Scrape.Value(text, Name("own_buckets_sum") + """{k="v"}"""));
        Assert.Equal(0, Scrape.Value(text, Name("others_bucket") + """{le="0.01"}"""));
        Assert.Equal(1, Scrape.Value(text, Name("others_bucket") + """{le="0.02"}"""));
    }

    [Fact]
    public async Task A_broken_callback_takes_no_other_instrument_away()
    {
        meter.CreateObservableGauge("first", () => 1);
        meter.CreateObservableGauge("broken", (Func<int>)(() => throw new InvalidOperationException("broken")));
        meter.CreateObservableGauge("last", () => 2);

        var text = await Scrape.TextAsync(registry);

        Assert.Equal(1, Scrape.Value(text, Name("first")));
        Assert.Equal(2, Scrape.Value(text, Name("last")));
        Assert.DoesNotContain(Name("broken"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_that_cannot_be_shown_harms_no_one()
    {
        var counter = meter.CreateCounter<int>("c");
        counter.Add(1, new KeyValuePair<string, object?>("__reserved", "v"));
        counter.Add(1, new("a.b", "v"), new KeyValuePair<string, object?>("a-b", "v"));
        counter.Add(1);
        Assert.Equal(1, Scrape.Value(await Scrape.TextAsync(registry), Name("c")));
    }

    [Fact]
    public async Task Names_become_lower_case_with_underscores()
    {
        using var odd = new Meter($"9.Odd-MeterÜ{Guid.NewGuid():N}");
        using var listening = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = registry,
            InstrumentFilterPredicate = instrument => instrument.Meter == odd,
        });
        odd.CreateUpDownCounter<int>("http.server/requestCount").Add(1);
        Assert.Equal(
            1,
            Scrape.Value(await Scrape.TextAsync(registry), "_9_odd_meter_" + odd.Name[^32..] + "_http_server_requestcount"));
    }

    [Fact]
    public async Task Unwanted_instruments_and_a_disposed_adapter_show_nothing_new()
    {
        meter.CreateCounter<int>("unwanted").Add(1);
        var counter = meter.CreateCounter<int>("c");
        counter.Add(1);
        meter.CreateObservableGauge("og", () => 1);
        adapter.Dispose();
        counter.Add(1);

        var text = await Scrape.TextAsync(registry);

        Assert.Equal(1, Scrape.Value(text, Name("c")));
        Assert.DoesNotContain("unwanted", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Name("og"), text, StringComparison.Ordinal);
    }

    private string Name(string instrument) => "compat_meter_" + meter.Name[^32..] + "_" + instrument;
}
