namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    [Fact]
    public async Task An_update_of_the_expected_version_is_written()
    {
        var link = await InsertAsync(NewLink("promo"));
        var updated = NextOf(link) with { UpdatedAt = Noon.AddHours(1), Title = "new", Tags = ["new"], IsDisabled = true, RedirectStatus = 301 };
        Assert.True(await Store.UpdateAsync(updated, link.Version, Token));
        AssertSame(updated, await FindAsync("promo"));
    }

    [Fact]
    public async Task An_update_keeps_owner_creation_time_and_generation()
    {
        var link = await InsertAsync(NewLink("promo"));
        var updated = NextOf(link);
        var strange = updated with { Owner = "bob", CreatedAt = Noon.AddDays(-9), Generation = 7, Tags = ["tag"] };
        Assert.True(await Store.UpdateAsync(strange, link.Version, Token));
        AssertSame(updated with { Tags = ["tag"] }, await FindAsync("promo"));
        AssertSame(updated with { Tags = ["tag"] }, Assert.Single((await Store.ListAsync(AllOf("ann") with { Tag = "tag" }, Token)).Items));
        Assert.Empty((await Store.ListAsync(AllOf("bob"), Token)).Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public async Task An_update_of_another_version_writes_nothing(long expected)
    {
        var link = await InsertAsync(NewLink("promo") with { Tags = ["old"] });
        var current = NextOf(link);
        Assert.True(await Store.UpdateAsync(current, link.Version, Token));
        Assert.False(await Store.UpdateAsync(NextOf(current) with { Tags = ["new"] }, expected, Token));
        AssertSame(current, await FindAsync("promo"));
        Assert.Empty((await Store.ListAsync(AllOf("ann") with { Tag = "new" }, Token)).Items);
    }

    [Fact]
    public async Task There_is_nothing_to_update_under_an_alias_that_is_free_or_deleted()
    {
        var link = await InsertAsync(NewLink("deleted"));
        await DeleteAsync(link);
        Assert.False(await Store.UpdateAsync(NewLink("free"), 1, Token));
        Assert.False(await Store.UpdateAsync(NextOf(link), link.Version, Token));
        Assert.False(await Store.UpdateAsync(NextOf(link), link.Version + 1, Token));
        Assert.Null(await FindAsync("free"));
        Assert.Null(await FindAsync("deleted"));
    }

    [Fact]
    public async Task Repeating_an_update_is_true_and_writes_nothing_also_after_reopening()
    {
        var link = await InsertAsync(NewLink("promo"));
        var updated = NextOf(link);
        Assert.True(await Store.UpdateAsync(updated, link.Version, Token));
        Assert.True(await Store.UpdateAsync(updated with { Title = "again" }, link.Version, Token));
        await ReopenAsync();
        Assert.True(await Store.UpdateAsync(updated, link.Version, Token));
        AssertSame(updated, await FindAsync("promo"));
    }

    [Fact]
    public async Task Of_many_updates_of_one_version_exactly_one_is_written()
    {
        var link = await InsertAsync(NewLink("promo"));
        var updates = Enumerable.Range(0, 32).Select(i => NextOf(link) with { Title = $"update {i}", Tags = [$"tag {i}"] }).ToList();
        var answers = await RaceAsync(updates.Count, i => Store.UpdateAsync(updates[i], link.Version, Token));
        var winner = Assert.Single(updates.Zip(answers), pair => pair.Second).First;
        AssertSame(winner, await FindAsync("promo"));
        foreach (var update in updates)
        {
            var tagged = await Store.ListAsync(AllOf("ann") with { Tag = update.Tags[0] }, Token);
            Assert.Equal(update == winner, tagged.Items.Count == 1);
        }
    }

    [Fact]
    public async Task Updates_that_read_first_lose_none()
    {
        await InsertAsync(NewLink("promo"));
        await RaceAsync(8, async _ =>
        {
            for (var done = 0; done < 5;)
            {
                var link = (await FindAsync("promo"))!;
                if (await Store.UpdateAsync(NextOf(link), link.Version, Token)) done++;
            }

            return true;
        });
        var last = (await FindAsync("promo"))!;
        Assert.Equal(41, last.Version);
        Assert.Equal(40, last.Url.Split("/next").Length - 1);
    }
}
