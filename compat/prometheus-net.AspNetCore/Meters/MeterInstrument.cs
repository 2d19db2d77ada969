using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Prometheus;

/// <summary>One instrument of a meter, and the time series that its tags have made so far.</summary>
internal sealed class MeterInstrument
{
    private readonly Instrument instrument;
    private readonly MeterAdapterOptions options;
    private readonly string name;
    private readonly string help;
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Action<double>> byTags =
        new(MeterTagsComparer.Instance);

    public MeterInstrument(Instrument instrument, MeterAdapterOptions options)
    {
        this.instrument = instrument;
        this.options = options;
        name = MeterNames.Translate($"{instrument.Meter.Name}_{instrument.Name}");
        var unit = string.IsNullOrWhiteSpace(instrument.Unit) ? "" : $"({instrument.Unit}) ";
        help = $"{unit}{instrument.Description} ({instrument.GetType().Name})";
    }

    public static bool IsKnown(Instrument instrument) => KindOf(instrument) is not null;

    /// <summary>Takes one measurement. It throws nothing: it runs inside whoever measures.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            var known = byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
            if (!known.TryGetValue(tags, out var record))
                known.TryAdd(tags, record = Resolve(tags));
            record(value);
        }
        catch (Exception e)
        {
            Trace.WriteLine($"A measurement of {name} is lost: {e}");
        }
    }

    /// <summary>The series for these tags: their order does not count, the labels are sorted by name.</summary>
    private Action<double> Resolve(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.ToArray()
            .Select(tag => (Name: MeterNames.Translate(tag.Key), tag.Value))
            .OrderBy(label => label.Name, StringComparer.Ordinal)
            .ToArray();
        string[] names = [.. labels.Select(label => label.Name)];
        string[] values = [.. labels.Select(label => Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "")];
        return KindOf(instrument) switch
        {
            // The official package shows counters as gauges, since an instrument can begin again at zero.
            Kind.Counter => GetOrAdd(names, () => new Counter(name, help, names)).WithLabels(values).Inc,
            Kind.ObservedCounter => GetOrAdd(names, () => new Counter(name, help, names)).WithLabels(values).IncTo,
            Kind.UpDown => GetOrAdd(names, () => new Gauge(name, help, names)).WithLabels(values).Inc,
            Kind.Gauge => GetOrAdd(names, () => new Gauge(name, help, names)).WithLabels(values).Set,
            _ => GetOrAdd(names, () => new Histogram(name, help, names, options.ResolveHistogramBuckets(instrument)))
                .WithLabels(values).Observe,
        };
    }

    /// <summary>Two instruments of one name may differ in their description: the first one's help stands.</summary>
    private TCollector GetOrAdd<TCollector>(string[] labelNames, Func<TCollector> create)
        where TCollector : Collector =>
        options.Registry.GetOrAdd(name, help: null, labelNames, create);

    private static Kind? KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        return !type.IsGenericType ? null : type.GetGenericTypeDefinition() switch
        {
            var t when t == typeof(Counter<>) => Kind.Counter,
            var t when t == typeof(ObservableCounter<>) => Kind.ObservedCounter,
            var t when t == typeof(UpDownCounter<>) => Kind.UpDown,
            var t when t == typeof(Gauge<>) => Kind.Gauge,
            var t when t == typeof(ObservableGauge<>) || t == typeof(ObservableUpDownCounter<>) => Kind.Gauge,
            var t when t == typeof(Histogram<>) => Kind.Histogram,
            _ => null,
        };
    }

    private enum Kind
    {
        Counter,
        ObservedCounter,
        UpDown,
        Gauge,
        Histogram,
    }
}
