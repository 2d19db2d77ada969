using System.Diagnostics;
using System.Globalization;

namespace Prometheus;

/// <summary>What the operating system and the garbage collector say about this process.</summary>
internal sealed class ProcessMetrics
{
    // Process is not safe for concurrent use.
    private readonly Lock gate = new();
    private readonly Process process = Process.GetCurrentProcess();
    private readonly Counter.Child[] collections;
    private readonly Counter processorTime;
    private readonly Gauge virtualMemory;
    private readonly Gauge workingSet;
    private readonly Gauge privateMemory;
    private readonly Gauge handles;
    private readonly Gauge threads;
    private readonly Gauge managedMemory;

    private ProcessMetrics(MetricFactory metrics)
    {
        var counts = metrics.CreateCounter("dotnet_collection_count_total", "Garbage collections so far.", "generation");
        collections =
        [
            .. Enumerable.Range(0, GC.MaxGeneration + 1)
                .Select(generation => counts.WithLabels(generation.ToString(CultureInfo.InvariantCulture))),
        ];
        var started = metrics.CreateGauge(
            "process_start_time_seconds", "Start time of the process since unix epoch in seconds.");
        processorTime = metrics.CreateCounter(
            "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.");
        virtualMemory = metrics.CreateGauge("process_virtual_memory_bytes", "Virtual memory size in bytes.");
        workingSet = metrics.CreateGauge("process_working_set_bytes", "Memory of the process that is in RAM.");
        privateMemory = metrics.CreateGauge("process_private_memory_bytes", "Memory that no other process shares.");
        handles = metrics.CreateGauge("process_open_handles", "Open handles; file descriptors on Linux.");
        threads = metrics.CreateGauge("process_num_threads", "Threads of the process.");
        managedMemory = metrics.CreateGauge("dotnet_total_memory_bytes", "Memory that the garbage collector has given out.");
        started.Set((process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
    }

    public static void Register(CollectorRegistry registry) =>
        registry.AddBeforeCollectCallback(new ProcessMetrics(new MetricFactory(registry)).Update);

    private void Update()
    {
        lock (gate)
        {
            process.Refresh();
            // Reads how many collections there were; causes none.
            for (var generation = 0; generation < collections.Length; generation++)
                collections[generation].IncTo(GC.CollectionCount(generation));
            processorTime.IncTo(process.TotalProcessorTime.TotalSeconds);
            virtualMemory.Set(process.VirtualMemorySize64);
            workingSet.Set(process.WorkingSet64);
            privateMemory.Set(process.PrivateMemorySize64);
            handles.Set(process.HandleCount);
            threads.Set(process.Threads.Count);
            managedMemory.Set(GC.GetTotalMemory(forceFullCollection: false));
        }
    }
}
