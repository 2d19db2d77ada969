using Shortener.Core.Links;
using Shortener.Core.Visits;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class VisitStoreContract
{
    [Fact]
    public async Task Visits_are_kept_one_by_one_with_all_that_is_known_of_them()
    {
        var details = new VisitDetails(
            true, "DE", "Firefox", "Windows", "Desktop", "de", "größe.example", new("news", "mail", "autumn", "😀", ""));
        var nothing = new VisitDetails(false, "", "", "", "", "", "", UtmFields.None);
        await Store.AddRawAsync(_spool, 1, [new(Link, 1, new(Noon, details)), new(Link, 2, new(Noon.AddMilliseconds(1), nothing))], Token);
        await ReopenAsync();
        var page = await Store.ReadRawAsync(new(Link, 10, null, Noon), Token);
        Assert.Equal([new RawVisit(Noon.AddMilliseconds(1), nothing), new RawVisit(Noon, details)], page.Items);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Visits_are_listed_newest_first_and_each_on_one_page_whatever_comes_meanwhile()
    {
        // Several in each millisecond, of one segment and of several spools.
        var spools = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var spool in spools)
            await Store.AddRawAsync(spool, 1, Numbered(Link, Enumerable.Range(0, 8), number => Noon.AddMilliseconds(number / 4)), Token);
        foreach (var limit in new[] { 1, 2, 7, 24, 100 })
        {
            var (seen, cursor) = (new List<RawVisit>(), (string?)null);
            do
            {
                var page = await Store.ReadRawAsync(new(Link, limit, cursor, Noon), Token);
                Assert.InRange(page.Items.Count, 1, limit);
                seen.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            Assert.Equal(seen.OrderByDescending(visit => visit.Time), seen);
            Assert.Equal(
                spools.SelectMany(_ => Enumerable.Range(0, 8)).Order(), seen.Select(visit => NumberOf(visit)).Order());
        }

        var first = await Store.ReadRawAsync(new(Link, 3, null, Noon), Token);
        await Store.AddRawAsync(spools[0], 2, Numbered(Link, [99], _ => Noon.AddMinutes(1)), Token);
        var second = await Store.ReadRawAsync(new(Link, 100, first.NextCursor, Noon), Token);
        Assert.DoesNotContain(99, second.Items.Select(NumberOf));
        Assert.Equal(99, NumberOf((await Store.ReadRawAsync(new(Link, 1, null, Noon), Token)).Items[0]));
    }

    [Fact]
    public async Task Visits_of_many_hours_with_gaps_are_listed_to_the_oldest_that_is_shown()
    {
        // Several in some hours, none in most.
        var times = Enumerable.Range(0, 22).Select(i => Noon.AddMinutes(-i * i * 20)).ToList();
        await Store.AddRawAsync(_spool, 1, Numbered(Link, Enumerable.Range(0, times.Count), number => times[number]), Token);
        foreach (var limit in new[] { 1, 5, 21, 22 })
        {
            var (seen, cursor) = (new List<int>(), (string?)null);
            do
            {
                var page = await Store.ReadRawAsync(new(Link, limit, cursor, Noon), Token);
                seen.AddRange(page.Items.Select(NumberOf));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            Assert.Equal(Enumerable.Range(0, times.Count), seen);
        }

        // Ten days before, to the millisecond.
        Assert.Equal(Enumerable.Range(0, 6), await RawAsync(Link, times[5] + Settings.RawLifetime));
        Assert.Equal(Enumerable.Range(0, 5), await RawAsync(Link, times[5].AddMilliseconds(1) + Settings.RawLifetime));
    }

    [Fact]
    public async Task Visits_that_are_kept_again_are_there_once()
    {
        var visits = Numbered(Link, Enumerable.Range(0, 10), number => Noon.AddSeconds(number));
        await RaceAsync(8, async _ =>
        {
            await Store.AddRawAsync(_spool, 1, visits, Token);
            return true;
        });
        await ReopenAsync();
        await Store.AddRawAsync(_spool, 1, visits, Token);
        Assert.Equal(Enumerable.Range(0, 10).Reverse(), await RawAsync(Link));
        await Store.AddRawAsync(_spool, 2, visits, Token);
        Assert.Equal(20, (await RawAsync(Link)).Count);
    }

    [Fact]
    public async Task Of_each_link_the_newest_visits_are_kept_whatever_others_have()
    {
        LinkGeneration[] links = [Link, Link with { Generation = 4 }, Link with { Alias = Link.Alias.ToUpperInvariant() }];
        var most = Settings.RawPerLink;
        for (var segment = 0; segment < 5; segment++)
        {
            var numbers = Enumerable.Range(segment * most / 2, most);
            await Store.AddRawAsync(
                _spool, segment + 1, [.. Numbered(links[0], numbers, number => Noon.AddSeconds(number)), .. Numbered(links[1], [segment], number => Noon)],
                Token);
        }

        // What comes late is older than what is there.
        await Store.AddRawAsync(_spool, 6, Numbered(links[0], [-1], _ => Noon.AddDays(-1)), Token);
        var newest = (4 * most / 2) + most - 1;
        var kept = await RawAsync(links[0]);
        Assert.Equal(most, kept.Count);
        Assert.Equal(newest, kept[0]);
        Assert.Equal([4, 3, 2, 1, 0], await RawAsync(links[1]));
        Assert.Empty(await RawAsync(links[2]));
        var page = await Store.ReadRawAsync(new(links[0], most - 1, null, Noon), Token);
        page = await Store.ReadRawAsync(new(links[0], most - 1, page.NextCursor, Noon), Token);
        Assert.Single(page.Items);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Visits_are_not_shown_beyond_their_lifetime()
    {
        await Store.AddRawAsync(_spool, 1, Numbered(Link, Enumerable.Range(0, 5), number => Noon.AddDays(number)), Token);
        var now = Noon.AddDays(1) + Settings.RawLifetime;
        Assert.Equal([4, 3, 2, 1], await RawAsync(Link, now));
        await RollUpAsync(now);
        Assert.Equal([4, 3, 2], await RawAsync(Link, now.AddMilliseconds(1)));
        Assert.Empty(await RawAsync(Link, now.AddDays(10)));
    }

    [Fact]
    public async Task A_forgotten_link_has_no_visits_left_one_by_one()
    {
        var other = Link with { Generation = 4 };
        await Store.AddRawAsync(_spool, 1, [.. Numbered(Link, [1], _ => Noon), .. Numbered(other, [2], _ => Noon)], Token);
        await Store.ForgetAsync(Link, Token);
        Assert.Empty(await RawAsync(Link));
        Assert.Equal([2], await RawAsync(other));
    }

    [Fact]
    public async Task A_cursor_of_visits_that_nobody_handed_out_is_refused()
    {
        await Store.AddRawAsync(_spool, 1, Numbered(Link, [1, 2], _ => Noon), Token);
        var cursor = (await Store.ReadRawAsync(new(Link, 1, null, Noon), Token)).NextCursor!;
        string[] wrong = ["", " ", "AAAA", "größe", cursor + "A", cursor[1..], "MTc2MzcyNjQwMDAwMCBsYXVuY2g", Cursor("-1"), Cursor("01"), Cursor("1 1")];
        foreach (var text in wrong)
            await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ReadRawAsync(new(Link, 1, text, Noon), Token));
        Assert.Single((await Store.ReadRawAsync(new(Link, 1, Cursor("1"), Noon), Token)).Items);

        string Cursor(string shown) => System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes($"{Noon.AddDays(1).ToUnixTimeMilliseconds()} {_spool:N} 1 1 {shown}"));
    }

    /// <summary>Visits that are told apart by their browser, which is a number.</summary>
    private static SegmentVisit[] Numbered(LinkGeneration link, IEnumerable<int> numbers, Func<int, DateTimeOffset> time) =>
    [
        .. numbers.Select((number, index) => new SegmentVisit(
            link, index, new(time(number), new(false, "", $"{number}", "", "", "", "", UtmFields.None)))),
    ];

    private static int NumberOf(RawVisit visit) => int.Parse(visit.Details.Browser, null);

    private async Task<List<int>> RawAsync(LinkGeneration link, DateTimeOffset? now = null) =>
        [.. (await Store.ReadRawAsync(new(link, 100, null, now ?? Noon), Token)).Items.Select(NumberOf)];
}
