using Shortener.Core.Keys;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class KeyBlockStoreContract
{
    [Fact]
    public async Task The_first_space_of_a_length_becomes_active()
    {
        var space = NewSpace("secret");
        AssertSame(space, Assert.Single(await Store.ActivateAsync(requested: null, space, Token)));
        await LeaseAsync(space, 10);
    }

    [Fact]
    public async Task Without_a_request_the_active_space_stays_active()
    {
        var space = await ActivateAsync("secret");
        await LeaseAsync(space, 10);
        AssertSame(space with { Next = 10 }, Assert.Single(await Store.ActivateAsync(requested: null, NewSpace("other"), Token)));
        await ReopenAsync();
        AssertSame(space with { Next = 10 }, Assert.Single(await Store.ActivateAsync(requested: null, NewSpace("other"), Token)));
    }

    [Fact]
    public async Task Of_many_first_starts_at_once_one_makes_the_space_for_all()
    {
        var answers = await RaceAsync(32, i => Store.ActivateAsync(requested: null, NewSpace($"secret {i}"), Token));
        Assert.Single(answers.Select(spaces => Assert.Single(spaces).Id).Distinct());
    }

    [Fact]
    public async Task A_requested_space_closes_the_others_of_its_length()
    {
        var first = await ActivateAsync("first");
        await LeaseAsync(first, 30);
        var second = NewSpace("second");
        var spaces = await Store.ActivateAsync(second, NewSpace("unused"), Token);
        Assert.Equal(2, spaces.Count);
        AssertSame(second, spaces[0]);
        AssertSame(first with { Next = 30 }, spaces[1]);
        Assert.Equal(new LeaseResult(LeaseOutcome.Closed, null), await TryLeaseAsync(first, 10));
        Assert.Equal(new KeyRange(0, 10), (await LeaseAsync(second, 10)).Numbers);
    }

    [Fact]
    public async Task The_active_space_is_first_and_closed_ones_follow_however_many()
    {
        for (var i = 0; i < 5; i++) await LeaseAsync(await ActivateAsync($"secret {i}"), 10 + i);
        for (var i = 0; i < 5; i++)
        {
            var wanted = NewSpace($"secret {i}");
            var spaces = await Store.ActivateAsync(wanted, wanted, Token);
            AssertSame(wanted with { Next = 10 + i }, spaces[0]);
            Assert.Equal([10, 11, 12, 13, 14], spaces.Select(space => space.Next).Order());
            await ReopenAsync();
            Assert.Equal(wanted.Id, (await Store.ActivateAsync(requested: null, NewSpace("unused"), Token))[0].Id);
        }
    }

    [Fact]
    public async Task Activating_again_changes_nothing()
    {
        var space = await ActivateAsync("secret");
        await LeaseAsync(space, 10);
        for (var i = 0; i < 3; i++) AssertSame(space with { Next = 10 }, await ActivateAsync("secret"));
        Assert.Equal(10, (await LeaseAsync(space, 10)).Numbers.First);
    }

    [Fact]
    public async Task A_space_that_is_opened_again_goes_on_at_its_next_number()
    {
        var first = await ActivateAsync("first");
        await LeaseAsync(first, 30);
        await ActivateAsync("second");
        await ReopenAsync();
        AssertSame(first with { Next = 30 }, await ActivateAsync("first"));
        Assert.Equal(new KeyRange(30, 40), (await LeaseAsync(first, 10)).Numbers);
    }

    [Fact]
    public async Task Spaces_of_other_lengths_are_neither_closed_nor_returned()
    {
        var seven = await ActivateAsync("secret", 7);
        var eight = NewSpace("secret", 8);
        AssertSame(eight, Assert.Single(await Store.ActivateAsync(eight, eight, Token)));
        await LeaseAsync(seven, 10);
        await LeaseAsync(eight, 10);
    }

    [Fact]
    public async Task Of_many_who_request_different_spaces_at_once_one_ends_up_active()
    {
        await RaceAsync(16, i => ActivateAsync($"secret {i}"));
        var spaces = await Store.ActivateAsync(requested: null, NewSpace("unused"), Token);
        Assert.Equal(16, spaces.Count);
        await LeaseAsync(spaces[0], 10);
        foreach (var closed in spaces.Skip(1))
            Assert.Equal(LeaseOutcome.Closed, (await TryLeaseAsync(closed, 10)).Outcome);
    }

    [Fact]
    public async Task Next_is_above_every_number_that_was_ever_leased()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 40);
        await Store.ReturnAsync(block, [block.Numbers], Token);
        await LeaseAsync(space, 5);
        AssertSame(space with { Next = 40 }, await ActivateAsync("secret"));
    }

    [Fact]
    public async Task A_lease_tells_the_closed_spaces_as_they_are_then()
    {
        var (first, lease) = (await ActivateAsync("first"), Guid.CreateVersion7());
        Assert.Empty((await TryLeaseAsync(first, 30)).Closed!);
        var second = await ActivateAsync("second");
        AssertSame(first with { Next = 30 }, Assert.Single((await TryLeaseAsync(second, 20)).Closed!));
        await ActivateAsync("first");
        AssertSame(second with { Next = 20 }, Assert.Single((await TryLeaseAsync(first, 10, lease)).Closed!));
        await ActivateAsync("second");
        await LeaseAsync(second, 5);
        await ActivateAsync("first");
        await ReopenAsync();
        AssertSame(second with { Next = 25 }, Assert.Single((await TryLeaseAsync(first, 10, lease)).Closed!));
    }
}
