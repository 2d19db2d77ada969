using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkEndStoreContract
{
    [Fact]
    public async Task A_link_ends_when_it_expires_and_when_it_is_deleted_and_one_that_does_neither_has_no_end()
    {
        var expiring = await InsertAsync("expiring", Start.AddHours(1));
        var deleted = await InsertAsync("deleted");
        await InsertAsync("lasting");
        await DeleteAsync(deleted, Start.AddHours(2));
        await ReopenAsync();
        Assert.Equal([EndOf(expiring), new(Start.AddHours(2), deleted.Alias, 1)], await WalkAsync());
    }

    [Fact]
    public async Task A_link_that_is_deleted_before_it_expires_ends_when_it_is_deleted()
    {
        var link = await InsertAsync("promo", Start.AddHours(5));
        await DeleteAsync(link, Start.AddHours(2));
        Assert.Contains(new(Start.AddHours(2), link.Alias, 1), await WalkAsync());
        var life = Assert.IsType<LinkLife>(await FindAsync(link));
        Assert.Equal(new LinkLife(1, Start.AddHours(5), Start.AddHours(2)), life);
        Assert.Equal(Start.AddHours(2), life.EndsAt);
    }

    [Fact]
    public async Task A_link_that_has_expired_before_it_is_deleted_ended_when_it_expired()
    {
        var link = await InsertAsync("promo", Start.AddHours(2));
        Assert.Equal(Start.AddHours(2), (await FindAsync(link))!.EndsAt);
        await DeleteAsync(link, Start.AddHours(5));
        Assert.Equal(Start.AddHours(2), (await FindAsync(link))!.EndsAt);
        Assert.Equal([EndOf(link), new(Start.AddHours(5), link.Alias, 1)], await WalkAsync());
    }

    [Fact]
    public async Task An_end_that_is_moved_is_met_at_its_new_time_as_well()
    {
        var first = await InsertAsync("promo", Start.AddHours(1));
        var later = await UpdateAsync(first, link => link with { ExpiresAt = Start.AddHours(7), Generation = 9 });
        var sooner = await UpdateAsync(later, link => link with { ExpiresAt = Start.AddHours(4) });
        await ReopenAsync();
        var ends = await WalkAsync();
        Assert.Contains(new(Start.AddHours(4), first.Alias, 1), ends);
        Assert.All(ends, end => Assert.Equal((first.Alias, 1), (end.Alias, end.Generation)));
        Assert.Equal(new LinkLife(1, Start.AddHours(4), null), await FindAsync(sooner));
    }

    [Fact]
    public async Task An_expiry_that_a_link_gets_later_is_met_and_one_that_is_taken_from_it_ends_nothing()
    {
        var link = await InsertAsync("promo");
        Assert.Equal(new LinkLife(1, null, null), await FindAsync(link));
        link = await UpdateAsync(link, promo => promo with { ExpiresAt = Start.AddHours(1) });
        Assert.Equal([EndOf(link)], await WalkAsync());
        await UpdateAsync(link, promo => promo with { ExpiresAt = null });
        Assert.Null((await FindAsync(link))!.EndsAt);
    }

    [Fact]
    public async Task A_change_that_leaves_the_expiry_writes_no_end()
    {
        var link = await InsertAsync("promo", Start.AddHours(1));
        await Store.Ends.RemoveAsync(BeforeStart, new(Start.AddHours(2), "", 0), Token);
        Assert.Empty(await WalkAsync());
        await UpdateAsync(link, promo => promo with { Title = "Autumn" });
        Assert.Empty(await WalkAsync());
    }

    [Fact]
    public async Task Ends_of_an_earlier_life_of_an_alias_stay_when_it_is_made_anew()
    {
        var first = await InsertAsync("promo", Start.AddHours(8));
        await DeleteAsync(first, Start.AddHours(2));
        var second = await InsertAsync("promo", Start.AddHours(9));
        Assert.Equal(2, second.Generation);
        await ReopenAsync();
        var ends = await WalkAsync();
        Assert.All([new(Start.AddHours(2), first.Alias, 1), EndOf(second)], end => Assert.Contains(end, ends));
        Assert.Equal(new LinkLife(2, Start.AddHours(9), null), await FindAsync(second));
    }

    [Fact]
    public async Task Writes_that_are_repeated_or_refused_make_no_life_other_than_it_is()
    {
        var link = NewLink("promo", Start.AddHours(1));
        Assert.NotNull(await Store.Links.InsertAsync(link, Token));
        Assert.NotNull(await Store.Links.InsertAsync(link, Token));
        Assert.Null(await Store.Links.InsertAsync(NewLink("promo", Start.AddHours(2)), Token));
        var update = link with { ExpiresAt = Start.AddHours(3), Version = 8, RequestId = Guid.CreateVersion7() };
        Assert.False(await Store.Links.UpdateAsync(update, 7, Token));
        Assert.False(await Store.Links.DeleteAsync(link.Alias, 7, Guid.CreateVersion7(), Start.AddHours(4), Token));
        Assert.Equal(new LinkLife(1, Start.AddHours(1), null), await FindAsync(link));
        Assert.Contains(EndOf(link), await WalkAsync());
        Assert.Null(await FindAsync(NewLink("nobody")));
    }
}
