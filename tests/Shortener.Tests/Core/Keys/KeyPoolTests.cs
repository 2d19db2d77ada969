using System.Collections.Concurrent;
using System.Threading.Channels;
using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Keys;

public sealed class KeyPoolTests : IDisposable
{
    private static readonly KeySpace Space = KeySpaces.Of("a");

    private readonly EmbeddedDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Many_takers_at_once_never_get_one_key_twice()
    {
        const int takers = 16, each = 50_000 / takers;
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 1_000, poolSize: 500);
        using var stop = new CancellationTokenSource();
        var filling = FillAsync(source.Pool, stop.Token);
        var taken = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, takers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) taken.Add((await source.Pool.TakeAsync(CancellationToken.None)).Alias);
        })));

        await stop.CancelAsync();
        await filling;
        Assert.Equal(takers * each, taken.Count);
        Assert.Equal(takers * each, taken.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_crash_doubles_no_key_and_wastes_a_block_at_most()
    {
        const int blockSize = 10;
        var taken = new List<Key>();
        var (nextBefore, takenBefore) = (0L, 0);
        for (var life = 0; life < 6; life++)
        {
            using var source = await KeySource.StartAsync(_database, Space, blockSize);
            Assert.InRange(source.Space.Next - nextBefore - takenBefore, 0, blockSize);
            nextBefore = source.Space.Next;
            takenBefore = 3 + life * 5;
            taken.AddRange(await source.TakeAsync(takenBefore));
            _database.Reopen();
        }

        Assert.Equal(taken.Count, taken.DistinctBy(key => key.Alias).Count());
    }

    [Fact]
    public async Task After_a_clean_drain_the_next_start_issues_exactly_what_was_handed_back()
    {
        List<Key> taken;
        using (var source = await KeySource.StartAsync(_database, Space, blockSize: 10))
        {
            taken = await source.TakeAsync(13);
            source.Pool.PutBack(taken[4]);
            taken.RemoveAt(4);
            await source.Pool.DrainAsync(CancellationToken.None);
        }

        _database.Reopen();
        using var again = await KeySource.StartAsync(_database, Space, blockSize: 10);
        var next = (int)again.Space.Next;
        taken.AddRange(await again.TakeAsync(next - taken.Count));

        Assert.Equal(Enumerable.Range(0, next).Select(number => (long)number), taken.Select(key => key.Number).Order());
    }

    [Fact]
    public async Task A_refill_is_due_at_the_start_and_at_low_water_and_not_before()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10, poolSize: 8);
        await source.Pool.WaitUntilLowAsync(CancellationToken.None);
        await source.Pool.RefillAsync(CancellationToken.None);
        Assert.Equal(8, source.Pool.Count);

        // Asked after the takes: had one of them made a refill due, the answer would be there at once.
        await source.TakeAsync(3);
        var low = source.Pool.WaitUntilLowAsync(CancellationToken.None);
        Assert.False(low.IsCompleted);

        await source.TakeAsync();
        await low;
        await source.Pool.RefillAsync(CancellationToken.None);
        Assert.Equal(8, source.Pool.Count);
    }

    [Fact]
    public async Task A_taker_of_an_empty_pool_gets_the_first_key_of_the_refill()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);
        var waiting = source.Pool.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        await source.Pool.RefillAsync(CancellationToken.None);

        Assert.Equal(0, (await waiting).Number);
    }

    [Fact]
    public async Task A_taker_that_gives_up_waiting_takes_no_key_with_it()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);
        using var patience = new CancellationTokenSource();
        var waiting = source.Pool.TakeAsync(patience.Token).AsTask();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await source.Pool.RefillAsync(CancellationToken.None);

        Assert.Equal(0, (await source.TakeAsync()).Number);
    }

    [Fact]
    public async Task A_drained_pool_gives_and_takes_no_key()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);
        var key = await source.TakeAsync();
        await source.Pool.DrainAsync(CancellationToken.None);

        Assert.False(source.Pool.PutBack(key));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await source.Pool.TakeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_refill_of_a_drained_pool_ends_at_once_and_does_not_use_up_the_space()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);
        var first = KeySpace.CapacityOf(Space.Length) - 3;
        await KeySource.MoveNextAsync(_database, Space, first);
        await source.Pool.DrainAsync(CancellationToken.None);

        await source.Pool.RefillAsync(CancellationToken.None);

        Assert.Equal(first + 1, (await source.Allocator.NextAsync(CancellationToken.None)).Number);
    }

    [Fact]
    public async Task A_low_water_mark_at_the_capacity_is_refused()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyPool(source.Allocator, capacity: 5, lowWater: 5));
    }

    private static async Task FillAsync(KeyPool pool, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await pool.WaitUntilLowAsync(stop);
                await pool.RefillAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test has all its keys.
        }
    }

    [Fact]
    public async Task Who_waits_for_a_key_that_does_not_come_hears_so()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);
        var clock = new TimersThatFireAtOnce();
        var pool = new KeyPool(source.Allocator, capacity: 5, lowWater: 1, clock);

        var failure = await Assert.ThrowsAsync<StoreException>(() => pool.TakeAsync(CancellationToken.None).AsTask());

        Assert.Equal(StoreFailure.Unavailable, failure.Failure);
        Assert.InRange(clock.LongestWait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_taker_hears_at_once_that_the_space_is_used_up_until_a_key_comes_back()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10, poolSize: 2);
        var kept = await source.TakeAsync();
        await KeySource.MoveNextAsync(_database, Space, KeySpace.CapacityOf(Space.Length));
        await source.TakeAsync(9);

        await Assert.ThrowsAsync<KeySpaceException>(() => source.Pool.RefillAsync(CancellationToken.None));
        var taking = source.Pool.TakeAsync(CancellationToken.None);
        Assert.True(taking.IsFaulted);
        var failure = await Assert.ThrowsAsync<KeySpaceException>(() => taking.AsTask());
        Assert.Contains("Shortener:Keys:Length", failure.Message, StringComparison.Ordinal);

        source.Pool.PutBack(kept);
        Assert.Equal(kept, await source.Pool.TakeAsync(CancellationToken.None));
        await new SqliteKeyBlockStore(_database.Current).ReturnAsync(kept.Block, [new KeyRange(0, 1)], CancellationToken.None);
        await Assert.ThrowsAsync<KeySpaceException>(() => source.Pool.RefillAsync(CancellationToken.None));
        Assert.Equal(0, (await source.Pool.TakeAsync(CancellationToken.None)).Number);
    }

    [Fact]
    public async Task Who_waited_while_the_space_was_found_used_up_hears_so()
    {
        using var source = await KeySource.StartAsync(_database, Space, blockSize: 10);
        await KeySource.MoveNextAsync(_database, Space, KeySpace.CapacityOf(Space.Length));
        var clock = new HeldTimers();
        var pool = new KeyPool(source.Allocator, capacity: 5, lowWater: 1, clock);
        var waiting = pool.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        await Assert.ThrowsAsync<KeySpaceException>(() => pool.RefillAsync(CancellationToken.None));
        clock.Fire();

        await Assert.ThrowsAsync<KeySpaceException>(() => waiting);
    }

    private sealed class HeldTimers : TimeProvider
    {
        private Action? _fire;

        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class TimersThatFireAtOnce : TimeProvider
    {
        public TimeSpan LongestWait { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > LongestWait) LongestWait = dueTime;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
