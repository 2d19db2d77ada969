namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    [Fact]
    public async Task An_alias_that_never_was_used_is_not_found() => Assert.Null(await FindAsync("nobody"));

    [Fact]
    public async Task An_inserted_link_is_returned_and_found()
    {
        var link = NewLink("promo");
        AssertSame(link, await Store.InsertAsync(link, Token));
        AssertSame(link, await FindAsync("promo"));
    }

    [Fact]
    public async Task Aliases_that_differ_only_in_case_are_two()
    {
        var (lower, upper) = (NewLink("promo"), NewLink("PROMO"));
        await InsertAsync(lower);
        await InsertAsync(upper);
        AssertSame(lower, await FindAsync("promo"));
        AssertSame(upper, await FindAsync("PROMO"));
        Assert.Null(await FindAsync("Promo"));
    }

    [Theory]
    [InlineData("ann", true)]
    [InlineData("ann", false)]
    [InlineData("bob", true)]
    [InlineData("bob", false)]
    public async Task A_live_link_keeps_its_alias_from_everybody(string owner, bool isCustom)
    {
        var first = await InsertAsync(NewLink("promo"));
        Assert.Null(await Store.InsertAsync(NewLink("promo", owner) with { IsCustom = isCustom, Url = "https://other.example/" }, Token));
        AssertSame(first, await FindAsync("promo"));
    }

    [Fact]
    public async Task An_expired_or_disabled_link_keeps_its_alias_and_is_found()
    {
        var expired = await InsertAsync(NewLink("expired") with { ExpiresAt = Noon.AddDays(-1) });
        var disabled = await InsertAsync(NewLink("disabled") with { IsDisabled = true });
        Assert.Null(await Store.InsertAsync(NewLink("expired"), Token));
        Assert.Null(await Store.InsertAsync(NewLink("disabled"), Token));
        AssertSame(expired, await FindAsync("expired"));
        AssertSame(disabled, await FindAsync("disabled"));
    }

    [Fact]
    public async Task Repeating_an_insert_after_a_change_returns_the_changed_link()
    {
        var link = await InsertAsync(NewLink("promo"));
        var changed = NextOf(link) with { Url = "https://changed.example/" };
        Assert.True(await Store.UpdateAsync(changed, link.Version, Token));
        AssertSame(changed, await Store.InsertAsync(link, Token));
        AssertSame(changed, await FindAsync("promo"));
    }

    [Fact]
    public async Task Repeating_an_insert_returns_the_link_also_after_reopening()
    {
        var link = await InsertAsync(NewLink("promo") with { Tags = ["a", "b"] });
        AssertSame(link, await Store.InsertAsync(link, Token));
        await ReopenAsync();
        AssertSame(link, await Store.InsertAsync(link, Token));
        AssertSame(link, await FindAsync("promo"));
    }

    [Fact]
    public async Task A_repeated_insert_returns_what_is_stored_and_not_what_it_was_given()
    {
        var link = await InsertAsync(NewLink("promo"));
        AssertSame(link, await Store.InsertAsync(link with { CreatedAt = Noon.AddHours(1), Title = "later" }, Token));
        AssertSame(link, await FindAsync("promo"));
    }

    [Fact]
    public async Task A_custom_alias_that_was_deleted_is_refused_to_other_owners()
    {
        await DeleteAsync(await InsertAsync(NewLink("promo")));
        Assert.Null(await Store.InsertAsync(NewLink("promo", "bob"), Token));
        Assert.Null(await Store.InsertAsync(NewLink("promo", "bob") with { IsCustom = false }, Token));
        await ReopenAsync();
        Assert.Null(await Store.InsertAsync(NewLink("promo", "bob"), Token));
        Assert.Null(await FindAsync("promo"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_alias_that_was_deleted_is_refused_as_a_key_also_to_its_owner(bool wasCustom)
    {
        await DeleteAsync(await InsertAsync(NewLink("aB3dE9x") with { IsCustom = wasCustom }));
        Assert.Null(await Store.InsertAsync(NewLink("aB3dE9x") with { IsCustom = false }, Token));
        Assert.Null(await FindAsync("aB3dE9x"));
    }

    [Fact]
    public async Task An_owner_who_makes_a_deleted_alias_anew_goes_on_from_its_version_and_generation()
    {
        var link = await InsertAsync(NewLink("promo") with { Tags = ["old"], Title = "old", ExpiresAt = Noon.AddDays(1) });
        for (var round = 2; round <= 4; round++)
        {
            Assert.True(await DeleteAsync(link));
            var anew = NewLink("promo") with { CreatedAt = Noon.AddDays(round), UpdatedAt = Noon.AddDays(round) };
            var stored = await InsertAsync(anew);
            Assert.Equal(round, stored.Generation);
            Assert.True(stored.Version > link.Version + 1, "The deletion has a version of its own.");
            AssertSame(anew with { Version = stored.Version, Generation = stored.Generation }, stored);
            AssertSame(stored, await FindAsync("promo"));
            await ReopenAsync();
            link = stored;
        }
    }

    [Fact]
    public async Task Repeating_an_insert_that_made_an_alias_anew_does_not_count_again()
    {
        await DeleteAsync(await InsertAsync(NewLink("promo")));
        var anew = NewLink("promo");
        var stored = await InsertAsync(anew);
        AssertSame(stored, await Store.InsertAsync(anew, Token));
        AssertSame(stored, await FindAsync("promo"));
    }

    [Fact]
    public async Task A_key_that_was_deleted_may_be_made_anew_by_its_owner_as_a_custom_alias()
    {
        await DeleteAsync(await InsertAsync(NewLink("aB3dE9x") with { IsCustom = false }));
        Assert.Equal(2, (await InsertAsync(NewLink("aB3dE9x"))).Generation);
    }

    [Fact]
    public async Task Of_many_who_want_one_alias_exactly_one_gets_it()
    {
        var links = Enumerable.Range(0, 64).Select(i => NewLink("wanted", $"owner-{i}")).ToList();
        var answers = await RaceAsync(links.Count, i => Store.InsertAsync(links[i], Token));
        var winner = Assert.Single(answers, answer => answer is not null);
        AssertSame(winner!, await FindAsync("wanted"));
        AssertSame(winner!, links.Single(link => link.RequestId == winner!.RequestId));
    }

    [Fact]
    public async Task Of_many_who_want_many_aliases_exactly_one_gets_each()
    {
        const int Aliases = 40;
        var answers = await RaceAsync(Aliases * 8, i => Store.InsertAsync(NewLink($"wanted-{i % Aliases}", $"owner-{i}"), Token));
        for (var i = 0; i < Aliases; i++)
        {
            var winner = Assert.Single(answers, answer => answer?.Alias == $"wanted-{i}");
            AssertSame(winner!, await FindAsync($"wanted-{i}"));
        }
    }

    [Fact]
    public async Task Many_repetitions_of_one_insert_at_once_all_get_the_one_link()
    {
        var link = NewLink("promo");
        foreach (var answer in await RaceAsync(16, _ => Store.InsertAsync(link, Token))) AssertSame(link, answer);
    }

    [Fact]
    public async Task Of_many_who_make_a_deleted_alias_anew_exactly_one_does()
    {
        await DeleteAsync(await InsertAsync(NewLink("promo")));
        var answers = await RaceAsync(32, _ => Store.InsertAsync(NewLink("promo"), Token));
        var winner = Assert.Single(answers, answer => answer is not null);
        Assert.Equal(2, winner!.Generation);
        AssertSame(winner, await FindAsync("promo"));
    }
}
