using System.Diagnostics;
using System.Text;

namespace Prometheus;

/// <summary>A set of metrics that are scraped together. Metrics are added, never removed.</summary>
public sealed class CollectorRegistry
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, CollectorFamily> byName = new(StringComparer.Ordinal);
    private readonly List<CollectorFamily> inOrder = [];
    private readonly List<Action> callbacks = [];
    private readonly List<Func<CancellationToken, Task>> asyncCallbacks = [];
    private readonly Lock firstScrape = new();
    private Action<CollectorRegistry>? beforeFirstScrape;

    /// <summary>An empty registry that gets nothing by itself.</summary>
    public CollectorRegistry()
    {
    }

    internal CollectorRegistry(Action<CollectorRegistry> beforeFirstScrape) => this.beforeFirstScrape = beforeFirstScrape;

    /// <summary>Calls back before each scrape, to bring values up to date; what it throws is traced and passed over.</summary>
    public void AddBeforeCollectCallback(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (gate)
            callbacks.Add(callback);
    }

    /// <summary>Calls back before each scrape, all such calls at once; what one throws is traced and passed over.</summary>
    public void AddBeforeCollectCallback(Func<CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (gate)
            asyncCallbacks.Add(callback);
    }

    /// <summary>Writes all metrics in the text format, UTF-8 without a byte order mark. The stream stays open.</summary>
    public async Task CollectAndExportAsTextAsync(Stream to, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        AddDefaultsOnce();
        await RunCallbacksAsync(cancel);

        CollectorFamily[] families;
        lock (gate)
            families = [.. inOrder];
        var text = new StringBuilder();
        foreach (var family in families)
            family.Write(text);
        await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
        await to.FlushAsync(cancel);
    }

    /// <summary>The metric of this name and these labels; <paramref name="help"/> null takes the help that is there.</summary>
    internal TCollector GetOrAdd<TCollector>(string name, string? help, string[] labelNames, Func<TCollector> create)
        where TCollector : Collector
    {
        ExpositionNames.CheckMetric(name);
        ArgumentNullException.ThrowIfNull(labelNames);
        CollectorFamily? family;
        lock (gate)
        {
            if (!byName.TryGetValue(name, out family))
            {
                byName.Add(name, family = new CollectorFamily());
                inOrder.Add(family);
            }
        }
        return family.GetOrAdd(name, help, labelNames, create);
    }

    private void AddDefaultsOnce()
    {
        lock (firstScrape)
        {
            var add = beforeFirstScrape;
            beforeFirstScrape = null;
            add?.Invoke(this);
        }
    }

    private async Task RunCallbacksAsync(CancellationToken cancel)
    {
        Action[] direct;
        Func<CancellationToken, Task>[] awaited;
        lock (gate)
        {
            direct = [.. callbacks];
            awaited = [.. asyncCallbacks];
        }
        foreach (var callback in direct)
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                // One broken callback must not take the other metrics away.
                Trace.WriteLine($"A callback before the scrape failed: {e}");
            }
        }
        await Task.WhenAll(awaited.Select(callback => RunAsync(callback, cancel)));
    }

    private static async Task RunAsync(Func<CancellationToken, Task> callback, CancellationToken cancel)
    {
        try
        {
            await callback(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // As above; a scrape that was given up ends, though.
            Trace.WriteLine($"A callback before the scrape failed: {e}");
        }
    }
}
