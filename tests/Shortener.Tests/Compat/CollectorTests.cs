using Prometheus;

namespace Shortener.Tests.Compat;

public sealed class CollectorTests
{
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly MetricFactory metrics;

    public CollectorTests() => metrics = Metrics.WithCustomRegistry(registry);

    [Fact]
    public void The_same_name_and_labels_give_the_same_object()
    {
        var counter = metrics.CreateCounter("c_total", "A counter.", "a");
        Assert.Same(counter, metrics.CreateCounter("c_total", "A counter.", "a"));
        Assert.NotSame(counter, metrics.CreateCounter("c_total", "A counter.", "b"));
        Assert.Same(counter.WithLabels("1"), counter.WithLabels("1"));
        Assert.NotSame(counter.WithLabels("1"), counter.WithLabels("2"));
    }

    [Fact]
    public void One_name_cannot_have_two_types()
    {
        metrics.CreateGauge("m", "A metric.");
        Assert.Throws<InvalidOperationException>(() => metrics.CreateCounter("m", "A metric."));
        Assert.Throws<InvalidOperationException>(() => metrics.CreateHistogram("m", "A metric.", "a"));
    }

    [Fact]
    public void One_name_cannot_have_two_helps()
    {
        Scrape.SkipUnlessStandIn("The official package keeps the first help.");
        metrics.CreateGauge("m", "A metric.");
        Assert.Throws<InvalidOperationException>(() => metrics.CreateGauge("m", "Another metric.", "a"));
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("1a")]
    [InlineData("")]
    [InlineData("a b")]
    public void A_bad_metric_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => metrics.CreateGauge(name, "A gauge."));

    [Theory]
    [InlineData("a-b")]
    [InlineData("__a")]
    [InlineData("le")]
    public void A_bad_label_name_is_refused(string label) =>
        Assert.Throws<ArgumentException>(() => metrics.CreateHistogram("h", "A histogram.", label));

    [Fact]
    public void Label_values_must_fit_the_label_names()
    {
        var gauge = metrics.CreateGauge("g", "A gauge.", "a", "b");
        Assert.Throws<ArgumentException>(() => gauge.WithLabels("1"));
        Assert.Throws<ArgumentException>(() => gauge.WithLabels("1", "2", "3"));
    }

    [Fact]
    public void A_counter_only_grows()
    {
        var counter = metrics.CreateCounter("c_total", "A counter.");
        counter.IncTo(5);
        counter.IncTo(3);
        Assert.Equal(5, counter.Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => counter.Inc(-1));
        Assert.Equal(5, counter.Value);
    }

    [Fact]
    public void A_gauge_goes_up_and_down()
    {
        var gauge = metrics.CreateGauge("g", "A gauge.");
        gauge.Set(5);
        gauge.Inc(2);
        gauge.Dec();
        Assert.Equal(6, gauge.Value);
        gauge.IncTo(4);
        Assert.Equal(6, gauge.Value);
    }

    [Fact]
    public void A_histogram_counts_and_sums_and_passes_over_NaN()
    {
        var histogram = metrics.CreateHistogram("h", "A histogram.");
        histogram.Observe(2);
        histogram.Observe(3, 2);
        histogram.Observe(double.NaN);
        Assert.Equal(3, histogram.Count);
        Assert.Equal(8, histogram.Sum);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 1.0, 1.0 })]
    [InlineData(new[] { 2.0, 1.0 })]
    public void Buckets_must_increase(double[] buckets) => Assert.Throws<ArgumentException>(() =>
        metrics.CreateHistogram("h", "A histogram.", [], new HistogramConfiguration { Buckets = buckets }));

    [Fact]
    public void Exponential_buckets_are_exact_decimals()
    {
        Assert.Equal([0.1, 0.2, 0.4, 0.8], Histogram.ExponentialBuckets(0.1, 2, 4));
        Assert.Throws<ArgumentException>(() => Histogram.ExponentialBuckets(0, 2, 4));
        Assert.Throws<ArgumentException>(() => Histogram.ExponentialBuckets(1, 1, 4));
        Assert.Throws<ArgumentException>(() => Histogram.ExponentialBuckets(1, 2, 0));
    }
}
