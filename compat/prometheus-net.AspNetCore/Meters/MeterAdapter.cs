using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Numerics;

namespace Prometheus;

/// <summary>Shows the instruments of <c>System.Diagnostics.Metrics</c> in a registry. It counts from when it listens.</summary>
public sealed class MeterAdapter : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly MeterAdapterOptions options;
    private volatile bool disposed;

    private MeterAdapter(MeterAdapterOptions options)
    {
        this.options = options;
        listener.InstrumentPublished = OnInstrumentPublished;
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        options.Registry.AddBeforeCollectCallback(RecordObservableInstruments);
        listener.Start();
    }

    /// <summary>Listens as the options say, until it is disposed of.</summary>
    public static IDisposable StartListening(MeterAdapterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MeterAdapter(options);
    }

    /// <summary>Stops listening. What was recorded stays in the registry.</summary>
    public void Dispose()
    {
        disposed = true;
        listener.Dispose();
    }

    private void Listen<T>()
        where T : struct, INumberBase<T> =>
        listener.SetMeasurementEventCallback<T>(static (_, measurement, tags, state) =>
            ((MeterInstrument)state!).Record(double.CreateSaturating(measurement), tags));

    private void OnInstrumentPublished(Instrument instrument, MeterListener publishedTo)
    {
        try
        {
            if (MeterInstrument.IsKnown(instrument) && options.InstrumentFilterPredicate(instrument))
                publishedTo.EnableMeasurementEvents(instrument, new MeterInstrument(instrument, options));
        }
        catch (Exception e)
        {
            // This runs inside whoever creates the instrument, who must not see our failure.
            Trace.WriteLine($"The instrument {instrument.Name} is not shown: {e}");
        }
    }

    private void RecordObservableInstruments()
    {
        // The listener calls all instruments and throws what some threw afterwards; the registry traces that.
        if (!disposed)
            listener.RecordObservableInstruments();
    }
}
