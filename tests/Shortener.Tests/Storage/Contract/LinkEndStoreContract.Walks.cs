using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkEndStoreContract
{
    [Fact]
    public async Task Ends_are_walked_hour_after_hour_each_once_in_pages_of_any_length()
    {
        // Several at one millisecond, so that pages end among them.
        var links = await RaceAsync(60, i => InsertAsync($"{i}", Start.AddHours(i % 3 * 40).AddMilliseconds(i % 2)));
        var all = await WalkAsync();
        Assert.Equal(links.Select(EndOf).ToHashSet(), all.ToHashSet());
        Assert.Equal(all.Select(end => end.Hour).Order(), all.Select(end => end.Hour));
        foreach (var limit in new[] { 1, 7, 59, 60, 61 }) Assert.Equal(all, await WalkAsync(limit));
    }

    [Fact]
    public async Task Only_whole_hours_are_walked()
    {
        var link = await InsertAsync("promo", Start.AddHours(3));
        Assert.Empty(await WalkAsync(until: Start.AddHours(3)));
        Assert.Empty(await WalkAsync(until: Start.AddHours(4).AddMilliseconds(-1)));
        Assert.Equal([EndOf(link)], await WalkAsync(until: Start.AddHours(4)));
    }

    [Fact]
    public async Task A_walk_that_begins_meets_all_that_there_is()
    {
        var link = await InsertAsync("promo", Start);
        var ends = await Store.Ends.ListAsync(after: null, Start.AddHours(1), 1_000, Token);
        Assert.Contains(EndOf(link), ends);
    }

    [Fact]
    public async Task A_checkpoint_is_found_also_after_reopening_by_the_name_of_its_walk()
    {
        LinkEnd first = new(Start, "promo", 3), second = new(Start.AddMilliseconds(1), "Größe", 1);
        Assert.Null(await Store.Ends.FindCheckpointAsync(_name, Token));
        await Store.Ends.SaveCheckpointAsync(_name, second, Token);
        await Store.Ends.SaveCheckpointAsync(_name, first, Token);
        await Store.Ends.SaveCheckpointAsync(_name + "-2", second, Token);
        await ReopenAsync();
        Assert.Equal(first, await Store.Ends.FindCheckpointAsync(_name, Token));
        Assert.Equal(second, await Store.Ends.FindCheckpointAsync(_name + "-2", Token));
    }

    [Fact]
    public async Task What_is_removed_is_met_no_more_and_what_comes_after_it_is()
    {
        await RaceAsync(40, i => InsertAsync($"{i}", Start.AddHours(i / 10)));
        var all = await WalkAsync();
        for (var repeat = 0; repeat < 2; repeat++)
        {
            await Store.Ends.RemoveAsync(BeforeStart, all[24], Token);
            Assert.Equal(all[25..], await WalkAsync(after: all[24]));
            Assert.DoesNotContain(await WalkAsync(), end => end.Hour < all[24].Hour);
        }

        await Store.Ends.RemoveAsync(all[24], all[^1], Token);
        Assert.DoesNotContain(await WalkAsync(), end => end.Hour < all[^1].Hour);
        await Store.Ends.RemoveAsync(all[^1], new(Start.AddHours(100), "", 0), Token);
        Assert.Empty(await WalkAsync());
    }
}
