using Shortener.Core.RateLimits;

namespace Shortener.Tests.Core.RateLimits;

public sealed class WindowCounterTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly StillClock _clock = new();

    [Fact]
    public void A_window_admits_its_limit_and_says_what_is_left()
    {
        var counter = new WindowCounter(3, Window, _clock);
        Assert.Equal(new LimitState(true, 3, 3, Window), counter.Peek("a"));
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => counter.Acquire("a").Remaining));
        Assert.Equal(new LimitState(false, 3, 0, Window), counter.Acquire("a"));
        Assert.False(counter.Peek("a").IsAllowed);
        Assert.True(counter.Acquire("b").IsAllowed);
    }

    [Fact]
    public void The_next_window_begins_with_the_clocks_minute()
    {
        var counter = new WindowCounter(1, Window, _clock);
        _clock.Now += TimeSpan.FromSeconds(59);
        Assert.Equal(new LimitState(true, 1, 0, TimeSpan.FromSeconds(1)), counter.Acquire("a"));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(new LimitState(true, 1, 0, Window), counter.Acquire("a"));
        Assert.False(counter.Acquire("a").IsAllowed);
    }

    [Fact]
    public void A_clock_set_back_admits_nothing_twice()
    {
        var counter = new WindowCounter(1, Window, _clock);
        Assert.True(counter.Acquire("a").IsAllowed);
        _clock.Now -= TimeSpan.FromMinutes(10);
        Assert.False(counter.Acquire("a").IsAllowed);
        Assert.True(counter.Acquire("b").IsAllowed);
        _clock.Now += TimeSpan.FromMinutes(11);
        Assert.True(counter.Acquire("a").IsAllowed);
    }

    [Fact]
    public void Past_its_bound_of_partitions_new_ones_share_one_count_until_the_next_window()
    {
        var counter = new WindowCounter(2, Window, _clock);
        for (var i = 0; i < 200_000; i++) counter.Acquire($"known {i}");

        Assert.Equal([1, 0], new[] { counter.Acquire("new 1"), counter.Acquire("new 2") }.Select(state => state.Remaining));
        Assert.False(counter.Acquire("new 3").IsAllowed);
        Assert.False(counter.Peek("new 4").IsAllowed);
        Assert.True(counter.Acquire("known 7").IsAllowed);

        _clock.Now += Window;
        Assert.True(counter.Acquire("new 3").IsAllowed);
    }

    [Fact]
    public async Task However_many_ask_at_once_exactly_the_limit_is_admitted()
    {
        for (var round = 0; round < 20; round++)
        {
            var counter = new WindowCounter(1_000, Window, _clock);
            using var together = new Barrier(4);
            var admitted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Enumerable.Range(0, 600).Count(_ => counter.Acquire("a").IsAllowed);
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(1_000, admitted.Sum());
        }
    }
}
