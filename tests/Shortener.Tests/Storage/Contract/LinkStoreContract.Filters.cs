using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    [Fact]
    public async Task A_tag_filter_lists_the_links_that_carry_exactly_that_tag()
    {
        string[][] tags = [["red"], ["red", "blue"], ["blue"], ["Red"], ["redder"], [], ["größe", "r%d"]];
        for (var i = 0; i < tags.Length; i++) await InsertAsync(NewLink($"link-{i}") with { Tags = tags[i] });
        Assert.Equal(["link-1", "link-0"], await ListedAsync(AllOf("ann") with { Tag = "red" }));
        Assert.Equal(["link-1", "link-0"], await ListedAsync(AllOf("ann") with { Tag = "red", Limit = 1 }));
        Assert.Equal(["link-2", "link-1"], await ListedAsync(AllOf("ann") with { Tag = "blue" }));
        Assert.Equal(["link-6"], await ListedAsync(AllOf("ann") with { Tag = "r%d" }));
        Assert.Equal(["link-6"], await ListedAsync(AllOf("ann") with { Tag = "größe" }));
        Assert.Empty(await ListedAsync(AllOf("ann") with { Tag = "green" }));
        Assert.Empty(await ListedAsync(AllOf("ann") with { Tag = "" }));
    }

    [Fact]
    public async Task An_update_moves_a_link_from_its_old_tags_to_its_new_ones()
    {
        var link = await InsertAsync(NewLink("promo") with { Tags = ["old", "kept"] });
        Assert.True(await Store.UpdateAsync(NextOf(link) with { Tags = ["kept", "new"] }, link.Version, Token));
        await ReopenAsync();
        Assert.Empty(await ListedAsync(AllOf("ann") with { Tag = "old" }));
        Assert.Equal(["promo"], await ListedAsync(AllOf("ann") with { Tag = "kept" }));
        Assert.Equal(["promo"], await ListedAsync(AllOf("ann") with { Tag = "new" }));
    }

    [Fact]
    public async Task A_state_filter_judges_by_the_time_of_the_query_and_expired_goes_before_disabled()
    {
        await InsertAsync(NewLink("active"));
        await InsertAsync(NewLink("disabled") with { IsDisabled = true });
        await InsertAsync(NewLink("soon") with { ExpiresAt = Noon.AddMilliseconds(1) });
        await InsertAsync(NewLink("now") with { ExpiresAt = Noon });
        await InsertAsync(NewLink("over") with { ExpiresAt = Noon.AddDays(-1), IsDisabled = true });
        Assert.Equal(["soon", "active"], await ListedAsync(AllOf("ann") with { State = LinkState.Active }));
        Assert.Equal(["disabled"], await ListedAsync(AllOf("ann") with { State = LinkState.Disabled }));
        Assert.Equal(["over", "now"], await ListedAsync(AllOf("ann") with { State = LinkState.Expired }));
        Assert.Equal(["soon", "over", "now"], await ListedAsync(AllOf("ann") with { State = LinkState.Expired, Now = Noon.AddMilliseconds(1) }));
        Assert.Equal(["soon", "over", "now", "disabled", "active"], await ListedAsync(AllOf("ann")));
    }

    [Fact]
    public async Task A_tag_and_a_state_filter_together_list_what_meets_both()
    {
        for (var i = 0; i < 12; i++)
            await InsertAsync(NewLink($"link-{i:00}") with { Tags = i % 2 == 0 ? ["tag"] : [], IsDisabled = i % 3 == 0 });
        string[] expected = ["link-06", "link-00"];
        for (var limit = 1; limit <= 3; limit++)
            Assert.Equal(expected, await ListedAsync(AllOf("ann") with { Tag = "tag", State = LinkState.Disabled, Limit = limit }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("tag")]
    public async Task A_filter_that_matches_little_finds_it_all_over_pages_that_may_be_short(string? tag)
    {
        // Two links meet the filter, one of them the very last, after more others than any store looks at for one page.
        var (links, other) = IsSlow ? (1_250, 800) : (2_500, 1_700);
        await RaceAsync(links, i => InsertAsync(NewLink($"link-{i:0000}") with { IsDisabled = i == 0 || i == other, Tags = ["tag"] }));
        var rare = AllOf("ann") with { Limit = 10, State = LinkState.Disabled, Tag = tag };
        Assert.Equal([$"link-{other:0000}", "link-0000"], await ListedAsync(rare));
        Assert.Empty(await ListedAsync(rare with { State = LinkState.Expired }));
    }
}
