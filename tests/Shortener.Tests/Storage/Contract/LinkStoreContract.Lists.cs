using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    protected static LinkQuery AllOf(string owner) => new(owner, 1_000, Cursor: null, Tag: null, State: null, Noon);

    /// <summary>Every page from the query's cursor on, following the cursors.</summary>
    protected async Task<List<LinkPage>> PagesAsync(LinkQuery query)
    {
        var pages = new List<LinkPage>();
        do
        {
            pages.Add(await Store.ListAsync(query, Token));
            Assert.InRange(pages[^1].Items.Count, 0, query.Limit);
            query = query with { Cursor = pages[^1].NextCursor };
        }
        while (query.Cursor is not null);
        return pages;
    }

    protected async Task<IEnumerable<string>> ListedAsync(LinkQuery query) =>
        (await PagesAsync(query)).SelectMany(page => page.Items).Select(link => link.Alias);

    [Fact]
    public async Task An_owner_without_links_has_one_empty_page()
    {
        await InsertAsync(NewLink("bobs", "bob"));
        var page = Assert.Single(await PagesAsync(AllOf("ann")));
        Assert.Empty(page.Items);
    }

    [Fact]
    public async Task Links_are_listed_newest_first_and_those_of_one_time_by_alias_descending()
    {
        (string Alias, int Age)[] links =
            [("b", 0), ("B", 0), ("-x", 0), ("bb", 0), ("_", 0), ("9", 0), ("old", 5), ("new", -1), ("older", 6)];
        foreach (var (alias, age) in links)
            await InsertAsync(NewLink(alias) with { CreatedAt = Noon.AddMilliseconds(-age) });
        string[] expected = ["new", "bb", "b", "_", "B", "9", "-x", "old", "older"];
        for (var limit = 1; limit <= links.Length + 1; limit++)
            Assert.Equal(expected, await ListedAsync(AllOf("ann") with { Limit = limit }));
    }

    [Fact]
    public async Task Listed_links_have_all_their_values()
    {
        var link = await InsertAsync(NewLink("promo") with { Title = "Größe", Tags = ["b", "a"], ExpiresAt = Noon.AddDays(1) });
        AssertSame(link, Assert.Single((await Store.ListAsync(AllOf("ann"), Token)).Items));
        AssertSame(link, Assert.Single((await Store.ListAsync(AllOf("ann") with { Tag = "a" }, Token)).Items));
    }

    [Fact]
    public async Task Only_the_owners_links_are_listed_whatever_the_filter()
    {
        string[] owners = ["ann", "Ann", "ann ", "anna", "an", "a%", "анна"];
        for (var i = 0; i < owners.Length; i++) await InsertAsync(NewLink($"link-{i}", owners[i]) with { Tags = ["tag"] });
        foreach (var (owner, i) in owners.Select((owner, i) => (owner, i)))
        {
            Assert.Equal([$"link-{i}"], await ListedAsync(AllOf(owner)));
            Assert.Equal([$"link-{i}"], await ListedAsync(AllOf(owner) with { Tag = "tag", State = LinkState.Active }));
        }
    }

    [Fact]
    public async Task A_cursor_of_one_owner_shows_nothing_of_his_to_another()
    {
        for (var i = 0; i < 4; i++) await InsertAsync(NewLink($"link-{i}", i % 2 == 0 ? "ann" : "bob"));
        var page = await Store.ListAsync(AllOf("ann") with { Limit = 1 }, Token);
        Assert.DoesNotContain("link-2", await ListedAsync(AllOf("bob") with { Cursor = page.NextCursor }));
        Assert.DoesNotContain("link-0", await ListedAsync(AllOf("bob") with { Cursor = page.NextCursor }));
    }

    [Fact]
    public async Task A_link_made_anew_is_listed_once_at_its_new_time()
    {
        await DeleteAsync(await InsertAsync(NewLink("promo") with { Tags = ["a", "b"] }));
        await InsertAsync(NewLink("later") with { CreatedAt = Noon.AddHours(1) });
        await InsertAsync(NewLink("promo") with { CreatedAt = Noon.AddHours(2), Tags = ["b"] });
        Assert.Equal(["promo", "later"], await ListedAsync(AllOf("ann")));
        Assert.Empty(await ListedAsync(AllOf("ann") with { Tag = "a" }));
        Assert.Equal(["promo"], await ListedAsync(AllOf("ann") with { Tag = "b" }));
    }

    [Fact]
    public async Task Pages_have_at_most_as_many_links_as_asked_for_up_to_1000()
    {
        await RaceAsync(1_001, i => InsertAsync(NewLink($"link-{i:0000}") with { Tags = ["tag"] }));
        var expected = Enumerable.Range(0, 1_001).Select(i => $"link-{1_000 - i:0000}").ToList();
        LinkQuery[] queries = [AllOf("ann"), AllOf("ann") with { Tag = "tag" }, AllOf("ann") with { State = LinkState.Active }];
        foreach (var query in queries)
        {
            Assert.Equal(expected[..1_000], (await Store.ListAsync(query, Token)).Items.Select(link => link.Alias));
            Assert.Equal(expected, await ListedAsync(query));
            Assert.Equal(expected, await ListedAsync(query with { Limit = 77 }));
        }
    }

    [Fact]
    public async Task A_full_last_page_says_that_it_is_the_last()
    {
        for (var i = 0; i < 4; i++) await InsertAsync(NewLink($"link-{i}"));
        Assert.Equal([2, 2], (await PagesAsync(AllOf("ann") with { Limit = 2 })).Select(page => page.Items.Count));
        Assert.Null((await Store.ListAsync(AllOf("ann") with { Limit = 4 }, Token)).NextCursor);
    }
}
