using System.Globalization;
using Prometheus;

namespace Shortener.Tests.Compat;

public sealed class ExpositionTests
{
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly MetricFactory metrics;

    public ExpositionTests() => metrics = Metrics.WithCustomRegistry(registry);

    [Fact]
    public async Task A_small_registry_has_this_text()
    {
        Scrape.SkipUnlessStandIn("The official package writes families in no fixed order.");
        var redirects = metrics.CreateCounter("redirects_total", "Redirects served.", "status", "cache");
        redirects.WithLabels("302", "local").Inc();
        redirects.WithLabels("404", "miss").Inc(2.5);
        metrics.CreateGauge("keys_left", "Keys in the pool.").Set(-3);
        var latency = metrics.CreateHistogram(
            "redirect_seconds", "Time to answer.", ["route"], new HistogramConfiguration { Buckets = [0.1, 1] });
        latency.WithLabels("/").Observe(0.1);
        latency.WithLabels("/").Observe(0.5, 2);
        latency.WithLabels("/").Observe(7);

        Assert.Equal(
            """
            # HELP redirects_total Redirects served.
            # TYPE redirects_total counter
            redirects_total{status="302",cache="local"} 1
            redirects_total{status="404",cache="miss"} 2.5
            # HELP keys_left Keys in the pool.
            # TYPE keys_left gauge
            keys_left -3
            # HELP redirect_seconds Time to answer.
            # TYPE redirect_seconds histogram
            redirect_seconds_sum{route="/"} 8.1
            redirect_seconds_count{route="/"} 4
            redirect_seconds_bucket{route="/",le="0.1"} 1
            redirect_seconds_bucket{route="/",le="1"} 3
            redirect_seconds_bucket{route="/",le="+Inf"} 4

            """,
            await Scrape.TextAsync(registry));
    }

    [Fact]
    public async Task A_metric_without_labels_is_there_before_its_first_use()
    {
        metrics.CreateCounter("visits_total", "Visits.");
        Assert.Equal(0, Scrape.Value(await Scrape.TextAsync(registry), "visits_total"));
    }

    [Fact]
    public async Task Label_values_are_escaped()
    {
        metrics.CreateGauge("g", "A gauge.", "path").WithLabels("C:\\a\n\"b\" ü").Set(1);
        Assert.Contains("""g{path="C:\\a\n\"b\" ü"} 1""", await Scrape.TextAsync(registry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_escaped()
    {
        Scrape.SkipUnlessStandIn("The official package writes help as it is.");
        metrics.CreateGauge("g", "One\\two\nthree \"four\".");
        Assert.Contains("""
            # HELP g One\\two\nthree "four".
            # TYPE g gauge
            g 0

            """, await Scrape.TextAsync(registry), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1234567.875, "1234567.875")]
    [InlineData(1e-7, "1e-07")]
    public async Task Numbers_are_written_for_Prometheus(double value, string written)
    {
        Scrape.SkipUnlessStandIn("The official package writes infinity as a word.");
        metrics.CreateGauge("g", "A gauge.").Set(value);
        Assert.EndsWith($"\ng {written}\n", await Scrape.TextAsync(registry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_culture_of_the_thread_does_not_show()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "minus";
        CultureInfo.CurrentCulture = comma;
        metrics.CreateGauge("g", "A gauge.").Set(-0.5);
        metrics.CreateHistogram("h", "A histogram.", [], new HistogramConfiguration { Buckets = [0.25] }).Observe(0.125);

        var text = await Scrape.TextAsync(registry);

        Assert.Equal(-0.5, Scrape.Value(text, "g"));
        Assert.Equal(1, Scrape.Value(text, """h_bucket{le="0.25"}"""));
    }

    [Fact]
    public async Task One_name_with_several_sets_of_label_names_is_one_family()
    {
        metrics.CreateCounter("c_total", "A counter.", "a").WithLabels("1").Inc();
        metrics.CreateCounter("c_total", "A counter.", "a", "b").WithLabels("1", "2").Inc(2);

        var text = await Scrape.TextAsync(registry);

        Assert.Single(text.Split('\n'), line => line == "# HELP c_total A counter.");
        Assert.Single(text.Split('\n'), line => line == "# TYPE c_total counter");
        Assert.Equal(1, Scrape.Value(text, """c_total{a="1"}"""));
        Assert.Equal(2, Scrape.Value(text, """c_total{a="1",b="2"}"""));
    }

    [Fact]
    public async Task Values_are_brought_up_to_date_before_a_scrape()
    {
        var gauge = metrics.CreateGauge("g", "A gauge.");
        registry.AddBeforeCollectCallback(() => throw new InvalidOperationException("broken"));
        registry.AddBeforeCollectCallback(() => gauge.Inc(1));
        registry.AddBeforeCollectCallback(async _ =>
        {
            await Task.Yield();
            gauge.Inc(10);
        });

        Assert.Equal(11, Scrape.Value(await Scrape.TextAsync(registry), "g"));
        Assert.Equal(22, Scrape.Value(await Scrape.TextAsync(registry), "g"));
    }
}
