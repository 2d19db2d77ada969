namespace Prometheus;

/// <summary>Metrics of the process and its garbage collector.</summary>
public static class DotNetStats
{
    /// <summary>Adds them to a registry.</summary>
    public static void Register(CollectorRegistry registry) => ProcessMetrics.Register(registry);
}
