using Shortener.Core.Caching;

namespace Shortener.Tests.Core.Caching;

public sealed class StripedCounterTests
{
    [Fact]
    public void Counts_every_increment_of_threads_that_share_and_change_processors()
    {
        const int increments = 3_000_000;
        var threadCount = 4 * Environment.ProcessorCount;
        var counter = new StripedCounter();
        using var start = new Barrier(threadCount);
        var threads = Enumerable.Range(0, threadCount).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < increments; i++) counter.Increment();
        })).ToList();

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.Equal((long)increments * threadCount, counter.Value);
    }

    [Fact]
    public void Starts_at_zero() => Assert.Equal(0, new StripedCounter().Value);
}
