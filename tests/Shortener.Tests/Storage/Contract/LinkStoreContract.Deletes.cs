namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    [Fact]
    public async Task A_deleted_link_is_neither_found_nor_listed()
    {
        var link = await InsertAsync(NewLink("promo") with { Tags = ["tag"] });
        Assert.True(await DeleteAsync(link));
        await ReopenAsync();
        Assert.Null(await FindAsync("promo"));
        Assert.Empty((await Store.ListAsync(AllOf("ann"), Token)).Items);
        Assert.Empty((await Store.ListAsync(AllOf("ann") with { Tag = "tag" }, Token)).Items);
    }

    [Fact]
    public async Task A_delete_of_another_version_deletes_nothing()
    {
        var link = NextOf(await InsertAsync(NewLink("promo")));
        await Store.UpdateAsync(link, 1, Token);
        foreach (var version in new[] { 0, 1, 3, long.MaxValue })
            Assert.False(await Store.DeleteAsync("promo", version, Guid.CreateVersion7(), Noon, Token));
        AssertSame(link, await FindAsync("promo"));
    }

    [Fact]
    public async Task There_is_nothing_to_delete_under_an_alias_that_is_free_or_deleted()
    {
        var link = await InsertAsync(NewLink("deleted"));
        Assert.True(await DeleteAsync(link));
        Assert.False(await DeleteAsync(NewLink("free")));
        Assert.False(await DeleteAsync(link));
        Assert.False(await DeleteAsync(link with { Version = link.Version + 1 }));
        Assert.NotNull(await Store.InsertAsync(NewLink("free", "bob"), Token));
    }

    [Fact]
    public async Task Repeating_a_delete_is_true_also_after_reopening()
    {
        var link = await InsertAsync(NewLink("promo"));
        var request = Guid.CreateVersion7();
        Assert.True(await Store.DeleteAsync("promo", link.Version, request, Noon, Token));
        Assert.True(await Store.DeleteAsync("promo", link.Version, request, Noon.AddHours(1), Token));
        await ReopenAsync();
        Assert.True(await Store.DeleteAsync("promo", link.Version, request, Noon, Token));
        Assert.Null(await FindAsync("promo"));
    }

    [Fact]
    public async Task A_delete_of_a_version_from_before_the_alias_was_made_anew_spares_the_new_link()
    {
        var link = await InsertAsync(NewLink("promo"));
        await DeleteAsync(link);
        var anew = await InsertAsync(NewLink("promo"));
        Assert.False(await DeleteAsync(link));
        Assert.False(await Store.UpdateAsync(NextOf(link), link.Version, Token));
        AssertSame(anew, await FindAsync("promo"));
    }

    [Fact]
    public async Task Of_many_deletes_and_updates_of_one_version_exactly_one_takes_place()
    {
        for (var round = 0; round < 5; round++)
        {
            var link = await InsertAsync(NewLink($"promo-{round}"));
            var answers = await RaceAsync(
                16, i => i % 2 == 0 ? DeleteAsync(link) : Store.UpdateAsync(NextOf(link), link.Version, Token));
            var winner = Assert.Single(Enumerable.Range(0, 16), i => answers[i]);
            Assert.Equal(winner % 2 == 0, await FindAsync(link.Alias) is null);
        }
    }
}
