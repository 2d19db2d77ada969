using Shortener.Core.Visits;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class VisitStoreContract
{
    [Fact]
    public async Task A_spool_that_nobody_knows_is_stored_through_nothing_and_marks_only_rise()
    {
        Assert.Equal(0, await Store.StoredThroughAsync(_spool, Token));
        await Store.MarkStoredAsync(_spool, 7, Token);
        await Store.MarkStoredAsync(_spool, 5, Token);
        Assert.Equal(7, await Store.StoredThroughAsync(_spool, Token));
        await ReopenAsync();
        Assert.Equal(7, await Store.StoredThroughAsync(_spool, Token));
        Assert.Equal(0, await Store.StoredThroughAsync(Guid.CreateVersion7(), Token));
    }

    [Fact]
    public async Task A_segment_counts_once_however_often_it_is_added()
    {
        var segment = OneVisit(Link, Noon);
        await Store.AddAsync(_spool, 1, segment, Noon, Token);
        await Store.AddAsync(_spool, 1, segment, Noon, Token);
        await RaceAsync(8, async i =>
        {
            await Store.AddAsync(_spool, 1, segment, Noon.AddSeconds(i), Token);
            return true;
        });
        await ReopenAsync();
        await Store.AddAsync(_spool, 1, segment, Noon, Token);
        await AssertAllAsync(Link);
    }

    [Fact]
    public async Task A_crash_before_the_mark_counts_nothing_twice_whenever_the_roll_up_comes()
    {
        for (var number = 1; number <= 20; number++)
        {
            var segment = OneVisit(Link, Noon.AddHours(number % 3));
            var now = Noon.AddMinutes(number * 30);
            await Store.AddAsync(_spool, number, segment, now, Token);
            if (number % 2 == 0) await RollUpAsync(now);
            if (number % 5 == 0) await ReopenAsync();
            if (await Store.StoredThroughAsync(_spool, Token) < number) await StoreAsync(number, segment, now.AddMinutes(15));
            if (number % 3 == 0) await RollUpAsync(now.AddMinutes(15));
        }

        await AssertAllAsync(Link);
    }

    [Fact]
    public async Task The_same_numbers_of_two_spools_both_count()
    {
        await StoreAsync(1, OneVisit(Link, Noon), Noon);
        await StoreAsync(1, OneVisit(Link, Noon), Noon, Guid.CreateVersion7());
        await RollUpAsync(Noon);
        await AssertAllAsync(Link);
        await StoreAsync(1, OneVisit(Link, Noon), Noon.AddHours(2), Guid.CreateVersion7());
        await RollUpAsync(Noon.AddHours(2));
        await AssertAllAsync(Link);
    }

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_over_random_interrupts()
    {
        // In all more days than one transaction changes on SQLite.
        const int Days = 10;
        var (count, interrupts) = IsSlow ? (10, 10) : (70, 20);
        var random = new Random(20);
        var links = Enumerable.Range(0, count).Select(i => NewLink($"{i}")).ToArray();
        var interrupted = 0;
        for (var number = 1; interrupted < interrupts; number++)
        {
            var segment = new SegmentCounts();
            foreach (var link in links)
            {
                for (var day = 0; day < Days; day++)
                {
                    var time = Noon.AddHours(24 * day + random.Next(24));
                    _ledger.Visit(segment, link, time, random.Next(3) == 0, values: (VisitDimension.Country, "FR"));
                }
            }

            var now = Noon.AddMinutes(number * 20);
            for (var tries = random.Next(4); tries > 0; tries--)
            {
                using var crash = CancellationTokenSource.CreateLinkedTokenSource(Token);
                var adding = Store.AddAsync(_spool, number, segment, now, crash.Token);
                // Somewhere between nothing of the segment being there and nearly all of it.
                var enough = ((number - 1) * count * Days) + random.Next(count * Days);
                await Until.TrueAsync(async () => adding.IsCompleted || await VisitsAsync() >= enough);
                await crash.CancelAsync();
                try
                {
                    await adding;
                }
                catch (OperationCanceledException)
                {
                    interrupted++;
                    if (random.Next(4) == 0) await RollUpAsync(now);
                }
            }

            await Store.AddAsync(_spool, number, segment, now, Token);
            await Store.MarkStoredAsync(_spool, number, Token);
            if (number % 5 == 0) await RollUpAsync(now);
        }

        await AssertAllAsync(links[..3]);
        Assert.Equal(links.Select(_ledger.TotalOf), await Store.TotalsAsync(links, Token));

        async Task<long> VisitsAsync() => (await Store.TotalsAsync(links, Token)).Sum(total => total.People + total.Bots);
    }

    [Fact]
    public async Task Whoever_reads_while_others_add_and_roll_up_sees_every_stored_visit_once()
    {
        const int Spools = 3;
        var segments = IsSlow ? 12 : 40;
        var (begun, stored) = (0, 0);
        var adding = Task.WhenAll(Enumerable.Range(0, Spools).Select(spool => Task.Run(
            async () =>
            {
                var id = Guid.CreateVersion7();
                for (var number = 1; number <= segments; number++)
                {
                    SegmentCounts segment;
                    lock (_ledger) segment = OneVisit(Link, Noon.AddHours(spool), isBot: spool == 1);
                    Interlocked.Increment(ref begun);
                    await StoreAsync(number, segment, Noon.AddMinutes(number), id);
                    Interlocked.Increment(ref stored);
                }
            },
            Token)));
        var rollingUp = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            async () =>
            {
                while (!adding.IsCompleted) await RollUpAsync(Noon.AddMinutes(Volatile.Read(ref stored) / Spools));
            },
            Token)));
        while (!adding.IsCompleted)
        {
            var atLeast = Volatile.Read(ref stored);
            var total = Assert.Single(await Store.TotalsAsync([Link], Token));
            Assert.InRange(total.People + total.Bots, atLeast, Volatile.Read(ref begun));
            atLeast = Volatile.Read(ref stored);
            var read = (await ReadAsync(Link, VisitInterval.Month)).Sum(count => count.People + count.Bots);
            Assert.InRange(read, atLeast, Volatile.Read(ref begun));
        }

        await adding;
        await rollingUp;
        await AssertAllAsync(Link);
        await RollUpAsync(Noon.AddMinutes(segments));
        await AssertAllAsync(Link);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Over_any_history_of_spools_repeats_and_roll_ups_the_sums_are_those_of_the_visits(int seed)
    {
        var random = new Random(seed);
        var links = Enumerable.Range(0, 3).Select(i => NewLink($"{i}")).ToArray();
        var spools = Enumerable.Range(0, 3).Select(_ => (Id: Guid.CreateVersion7(), Last: 0L)).ToArray();
        var now = Noon;
        for (var step = 0; step < (IsSlow ? 25 : 60); step++)
        {
            now = now.AddMinutes(random.Next(30));
            ref var spool = ref spools[random.Next(spools.Length)];
            var (id, number) = (spool.Id, spool.Last += random.Next(1, 3));
            var segment = new SegmentCounts();
            for (var visits = random.Next(20); visits > 0; visits--)
            {
                _ledger.Visit(
                    segment, links[random.Next(links.Length)], now.AddHours(-random.Next(24 * 20)), random.Next(4) == 0,
                    values: [(VisitDimension.Country, $"{(char)('A' + random.Next(4))}"), (VisitDimension.UtmContent, "")]);
            }

            for (var repeats = random.Next(3); repeats > 0; repeats--) await Store.AddAsync(id, number, segment, now, Token);
            if (random.Next(3) == 0) await RollUpAsync(now);
            await StoreAsync(number, segment, now, id);
            if (random.Next(3) == 0) await Task.WhenAll(RollUpAsync(now), RollUpAsync(now));
            if (random.Next(15) == 0) await ReopenAsync();
        }

        await AssertAllAsync(links);
        await RollUpAsync(now.AddHours(1));
        await AssertAllAsync(links);
    }
}
