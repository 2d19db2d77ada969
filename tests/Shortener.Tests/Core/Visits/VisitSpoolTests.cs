using System.Collections.Concurrent;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public sealed class VisitSpoolTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MovableClock _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_many_threads_append_is_read_exactly_once_and_the_accounts_add_up()
    {
        const int threads = 4, each = 5_000;
        using var spool = Open(segmentBytes: 64 << 10);
        using var stop = new CancellationTokenSource();
        var upkeep = spool.RunAsync(stop.Token);
        var dropped = 0;
        var read = new ConcurrentQueue<int>();
        var numbers = new List<long>();

        var appending = Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                while (!NumberedVisit.TryAppend(spool, i * threads + thread))
                {
                    Interlocked.Increment(ref dropped);
                    await Task.Yield();
                }
            }
        })));
        var reading = Task.Run(async () =>
        {
            await foreach (var segment in spool.Closed.ReadAllAsync())
            {
                numbers.Add(segment.Number);
                var records = NumberedVisit.ReadAll(segment.Path);
                Assert.Equal(segment.Records, records.Count);
                records.ForEach(read.Enqueue);
                spool.Delete(segment);
            }
        });
        await appending;
        await spool.StopAsync(CancellationToken.None);
        await reading;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upkeep);

        Assert.Equal(Enumerable.Range(0, threads * each), read.Order());
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(threads * each, spool.Captured);
        Assert.Equal(dropped, Enum.GetValues<DropReason>().Sum(spool.Dropped));
        Assert.Equal((0, 0), (spool.BytesUsed, spool.SegmentsWaiting));
    }

    [Fact]
    public async Task Without_a_place_visits_are_dropped_and_counted_until_there_is_one()
    {
        using var spool = Open();

        // Nobody makes a third segment.
        Fill(spool);
        Assert.Equal((1, 0, 0), Dropped(spool));
        await spool.RotateAsync(CancellationToken.None);
        Fill(spool);
        Assert.Equal((1, 1, 0), Dropped(spool));
        AssertBytes(spool);

        var closed = NumberedVisit.TakeClosed(spool);
        Assert.Equal([1, 2], closed.Select(segment => segment.Number));
        closed.ForEach(spool.Delete);
        closed.ForEach(spool.Delete);
        await spool.RotateAsync(CancellationToken.None);
        Assert.True(NumberedVisit.TryAppend(spool, 1));
        Assert.Equal(1, spool.SegmentsWaiting);
        AssertBytes(spool);
    }

    [Fact]
    public async Task A_disk_that_gives_no_room_is_asked_again_later()
    {
        using var spool = Open();
        Directory.Delete(_directory.Path, recursive: true);
        Fill(spool);
        await spool.RotateAsync(CancellationToken.None);
        Assert.False(NumberedVisit.TryAppend(spool, 1));
        Assert.Equal((1, 0, 1), Dropped(spool));
        Assert.IsType<DirectoryNotFoundException>(spool.DiskFailure);

        Directory.CreateDirectory(_directory.Path);
        await spool.RotateAsync(CancellationToken.None);
        Assert.False(NumberedVisit.TryAppend(spool, 1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await spool.RotateAsync(CancellationToken.None);
        Assert.True(NumberedVisit.TryAppend(spool, 1));
        Assert.Null(spool.DiskFailure);
    }

    [Fact]
    public async Task The_upkeep_hands_over_what_is_neither_full_nor_asked_for()
    {
        using var spool = Open(maxAge: 40);
        using var stop = new CancellationTokenSource();
        var upkeep = spool.RunAsync(stop.Token);

        Assert.True(NumberedVisit.TryAppend(spool, 1));
        Assert.Equal([1], NumberedVisit.ReadAll((await spool.Closed.ReadAsync()).Path));
        Assert.True(NumberedVisit.TryAppend(spool, 2));
        Assert.Equal([2], NumberedVisit.ReadAll((await spool.Closed.ReadAsync()).Path));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upkeep);
    }

    [Fact]
    public async Task Only_records_grow_old()
    {
        var spool = Guid.CreateVersion7();
        using var directory = new SpoolDirectory(_directory.Path, spool);
        var list = new SegmentList(directory, Settings(), _clock);
        Task<(bool IsDone, ClosedSegment? Segment)> CloseAsync() => list.CloseOldestAsync(_ => false, CancellationToken.None);

        list.MakeReady();
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False((await CloseAsync()).IsDone);
        Assert.True(list.TryAppend(NumberedVisit.Record(1, spool), out _));
        Assert.False((await CloseAsync()).IsDone);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await CloseAsync()).Segment?.Records);

        // The last one is kept, however old, where there is no other to append to.
        Assert.True(list.TryAppend(NumberedVisit.Record(1, spool), out _));
        Assert.False((await CloseAsync()).IsDone);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await CloseAsync()).IsDone);
        list.MakeReady();
        Assert.Equal(1, (await CloseAsync()).Segment?.Records);
    }

    [Fact]
    public async Task After_the_stop_nothing_is_taken_and_nothing_but_segments_is_left()
    {
        using var spool = Open();
        Assert.True(NumberedVisit.TryAppend(spool, 1));
        await spool.StopAsync(CancellationToken.None);

        Assert.False(NumberedVisit.TryAppend(spool, 2));
        var closed = Assert.Single(await spool.Closed.ReadAllAsync().ToListAsync());
        Assert.Equal([1], NumberedVisit.ReadAll(closed.Path));
        spool.Delete(closed);
        spool.Dispose();
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    [Fact]
    public void Settings_out_of_their_range_are_refused()
    {
        foreach (var wrong in new[]
        {
            Settings() with { SegmentBytes = 4095 }, Settings() with { SegmentBytes = (1 << 30) + 1 },
            Settings() with { MaxBytes = 3 * 4096 - 1 }, Settings() with { MaxAge = TimeSpan.FromMilliseconds(9) },
        })
            Assert.Throws<ArgumentOutOfRangeException>(() => VisitSpool.Open(wrong, _clock));
    }

    /// <summary>Appends until there is no place.</summary>
    private static void Fill(VisitSpool spool)
    {
        while (NumberedVisit.TryAppend(spool, 3))
        {
        }
    }

    private static (long NotReady, long Full, long NoDisk) Dropped(VisitSpool spool) =>
        (spool.Dropped(DropReason.NotReady), spool.Dropped(DropReason.Full), spool.Dropped(DropReason.NoDisk));

    private void AssertBytes(VisitSpool spool)
    {
        Assert.InRange(spool.BytesUsed, 1, Settings().MaxBytes);
        Assert.Equal(new DirectoryInfo(_directory.Path).EnumerateFiles().Sum(file => file.Length), spool.BytesUsed);
    }

    private SpoolSettings Settings() =>
        new() { Directory = _directory.Path, SegmentBytes = 4096, MaxBytes = 3 * 4096, MaxAge = TimeSpan.FromMinutes(1) };

    private VisitSpool Open(int segmentBytes = 4096, int maxAge = 60_000) => VisitSpool.Open(
        Settings() with { SegmentBytes = segmentBytes, MaxBytes = 3L * segmentBytes, MaxAge = TimeSpan.FromMilliseconds(maxAge) },
        _clock);
}
