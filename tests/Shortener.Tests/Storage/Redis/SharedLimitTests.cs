using System.Globalization;
using Shortener.Core.RateLimits;
using Shortener.Storage.Redis;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>A limit that several processes, each with a connection and a clock of its own, count over one Redis.</summary>
public sealed class SharedLimitTests : IAsyncLifetime
{
    private const int Limit = 500;
    private const string Prefix = "test:limit:key:";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly RedisServer _server = new();
    private readonly List<Caller> _callers = [];

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers) await caller.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Eight_processes_whose_clocks_differ_admit_the_limit_together_window_by_window()
    {
        // Amid a minute, so that it is the same one for all.
        for (var i = 0; i < 8; i++) await AddAsync(ahead: TimeSpan.FromSeconds(27 + i));
        for (var window = 0; window < 3; window++)
        {
            Assert.Equal(Limit, await AdmittedAsync(each: 150));
            foreach (var caller in _callers) caller.Clock.Now += Window;
        }
    }

    [Fact]
    public async Task Around_the_end_of_a_window_the_clock_that_is_ahead_decides_and_nobody_begins_one_twice()
    {
        var (ahead, behind) = (await AddAsync(ahead: TimeSpan.FromSeconds(5)), await AddAsync(TimeSpan.Zero));
        Assert.Equal(Limit, await AdmittedAsync(each: 400));

        // The one is in the next minute, the other not yet, nor is it when Redis's key of that minute would have run out.
        foreach (var caller in _callers) caller.Clock.Now += TimeSpan.FromSeconds(57);
        Assert.True((await ahead.Limit.AcquireAsync("a")).IsAllowed);
        var state = await behind.Limit.AcquireAsync("a");
        Assert.Equal(new LimitState(true, Limit, Limit - 2, TimeSpan.FromSeconds(63)), state);
        Assert.Equal(Limit - 2, await AdmittedAsync(each: 400));

        foreach (var caller in _callers) caller.Clock.Now += TimeSpan.FromSeconds(4);
        Assert.Equal(0, await AdmittedAsync(each: 5));
    }

    [Fact]
    public async Task What_is_refused_is_told_with_the_time_until_the_stored_end_and_partitions_are_apart()
    {
        var caller = await AddAsync(TimeSpan.Zero, limit: 1);
        caller.Clock.Now += TimeSpan.FromSeconds(20);
        Assert.Equal(new LimitState(true, 1, 0, TimeSpan.FromSeconds(40)), await caller.Limit.AcquireAsync("a"));
        caller.Clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(new LimitState(false, 1, 0, TimeSpan.FromSeconds(30)), await caller.Limit.AcquireAsync("a"));
        Assert.True((await caller.Limit.AcquireAsync("b")).IsAllowed);
    }

    [Fact]
    public async Task A_clock_that_is_days_ahead_is_forgotten_after_two_windows_of_Redis_clock()
    {
        var wrong = await AddAsync(TimeSpan.FromDays(3));
        wrong.Clock.Now += TimeSpan.FromSeconds(20);
        await wrong.Limit.AcquireAsync("a");
        await wrong.Limit.AcquireAsync("a");
        var left = long.Parse((await _server.CallAsync($"PTTL {Prefix}a"))![1..], CultureInfo.InvariantCulture);
        // 40 s to the end of the window, and a window more for who lags.
        Assert.InRange(left, 60_001, 100_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_Redis_each_process_limits_by_itself_and_with_it_they_count_together_again(bool isKilled)
    {
        for (var i = 0; i < 3; i++) await AddAsync(TimeSpan.Zero);
        for (var i = 0; i < 100; i++) Assert.True((await _callers[0].Limit.AcquireAsync("a")).IsAllowed);
        Assert.True((await _callers[1].Limit.AcquireAsync("a")).IsAllowed);
        if (isKilled) await _server.KillAsync();
        else await _server.PauseAsync();

        // What a process let in before counts on in it.
        Assert.Equal((3 * Limit) - 101, await AdmittedAsync(each: 700));

        if (isKilled) await _server.RestartAsync();
        else await _server.ResumeAsync();
        foreach (var caller in _callers)
        {
            await Until.TrueAsync(() => caller.Connection.IsUp);
            caller.Clock.Now += Window;
        }

        Assert.Equal(Limit, await AdmittedAsync(each: 400));
    }

    [Fact]
    public async Task A_value_that_is_no_count_is_counted_by_each_process()
    {
        var caller = await AddAsync(TimeSpan.Zero, limit: 2);
        Assert.Equal("+OK", await _server.CallAsync($"SET {Prefix}a nonsense"));
        Assert.Equal(2, await AdmittedAsync(each: 3));
        Assert.True(caller.Connection.IsUp);
    }

    private async Task<Caller> AddAsync(TimeSpan ahead, int limit = Limit)
    {
        var caller = new Caller(_server.Address, limit, ahead);
        _callers.Add(caller);
        await Until.TrueAsync(() => caller.Connection.IsUp);
        return caller;
    }

    /// <summary>How many of the requests that each process makes, ten at once, are let in.</summary>
    private async Task<int> AdmittedAsync(int each)
    {
        var admitted = await Task.WhenAll(_callers.SelectMany(caller => Enumerable.Range(0, 10).Select(async worker =>
        {
            var count = 0;
            for (var i = worker; i < each; i += 10) count += (await caller.Limit.AcquireAsync("a")).IsAllowed ? 1 : 0;
            return count;
        })));
        return admitted.Sum();
    }

    private sealed class Caller : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Caller(string address, int limit, TimeSpan ahead)
        {
            Clock.Now += ahead;
            Connection = new RedisConnection(
                new RedisSettings(address, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), Failures: 3, Window: TimeSpan.FromSeconds(10)),
                TimeProvider.System);
            // Shorter than a test's patience; a machine that is busy for so long fails the counts, not the limit.
            Limit = new SharedLimit(Connection, new SharedLimitSettings(Prefix, limit, Window, TimeSpan.FromSeconds(2)), Clock);
            _running = Connection.RunAsync(_stop.Token);
        }

        public StillClock Clock { get; } = new();

        public RedisConnection Connection { get; }

        public SharedLimit Limit { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
            await Connection.DisposeAsync();
            _stop.Dispose();
        }
    }
}
