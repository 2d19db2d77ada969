using Prometheus;

namespace Shortener.Tests.Compat;

public class DotNetStatsTests
{
    [Fact]
    public async Task A_custom_registry_can_carry_the_process_metrics()
    {
        var registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        var page = await Scrape.TextAsync(registry);
        Assert.True(Scrape.Value(page, "process_cpu_seconds_total") > 0);
        Assert.True(Scrape.Value(page, "dotnet_total_memory_bytes") > 0);
    }
}
