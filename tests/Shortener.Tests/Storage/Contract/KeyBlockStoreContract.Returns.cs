using Shortener.Core.Keys;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class KeyBlockStoreContract
{
    [Fact]
    public async Task Numbers_handed_back_are_leased_again_first_and_only_once()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 100);
        await LeaseAsync(space, 10);
        await Store.ReturnAsync(block, [new KeyRange(20, 25), new KeyRange(60, 100)], Token);
        await ReopenAsync();

        var again = new List<KeyBlock>();
        while (NumbersOf(again).Count() < 45) again.Add(await LeaseAsync(space, 12));
        Assert.Equal(NumbersOf(new KeyRange(20, 25)).Concat(NumbersOf(new KeyRange(60, 100))), NumbersOf(again).Order());
        Assert.Equal(110, (await LeaseAsync(space, 12)).Numbers.First);
    }

    [Fact]
    public async Task Handing_back_twice_changes_nothing_whatever_the_second_call_names()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 100);
        await Store.ReturnAsync(block, [new KeyRange(90, 100)], Token);
        await Store.ReturnAsync(block, [new KeyRange(90, 100)], Token);
        await ReopenAsync();
        await Store.ReturnAsync(block, [new KeyRange(0, 100)], Token);
        Assert.Equal(new KeyRange(90, 100), (await LeaseAsync(space, 50)).Numbers);
        await Store.ReturnAsync(block, [new KeyRange(90, 100)], Token);
        Assert.Equal(new KeyRange(100, 150), (await LeaseAsync(space, 50)).Numbers);
    }

    [Fact]
    public async Task Of_many_who_hand_back_one_block_at_once_only_one_counts()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 32);
        await RaceAsync(32, async i =>
        {
            await Store.ReturnAsync(block, [new KeyRange(i, i + 1)], Token);
            return true;
        });
        Assert.Equal(1, (await LeaseAsync(space, 10)).Numbers.Count);
        Assert.Equal(32, (await LeaseAsync(space, 10)).Numbers.First);
    }

    [Fact]
    public async Task A_block_of_another_epoch_or_lease_is_not_handed_back()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 100);
        await Store.ReturnAsync(block with { Epoch = block.Epoch + 1 }, [block.Numbers], Token);
        await Store.ReturnAsync(block with { Epoch = block.Epoch - 1 }, [block.Numbers], Token);
        await Store.ReturnAsync(block with { LeaseId = Guid.CreateVersion7() }, [block.Numbers], Token);
        Assert.Equal(100, (await LeaseAsync(space, 50)).Numbers.First);
        await Store.ReturnAsync(block, [block.Numbers], Token);
        Assert.Equal(0, (await LeaseAsync(space, 50)).Numbers.First);
    }

    [Fact]
    public async Task A_block_may_be_handed_back_with_nothing_left_of_it()
    {
        var space = await ActivateAsync("secret");
        var (empty, none) = (await LeaseAsync(space, 10), await LeaseAsync(space, 10));
        await Store.ReturnAsync(empty, [new KeyRange(5, 5)], Token);
        await Store.ReturnAsync(none, [], Token);
        Assert.Equal(20, (await LeaseAsync(space, 10)).Numbers.First);
    }

    [Fact]
    public async Task An_empty_range_handed_back_does_not_hide_those_after_it()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 10);
        await Store.ReturnAsync(block, [new KeyRange(2, 2), new KeyRange(7, 10)], Token);
        Assert.Equal(new KeyRange(7, 10), (await LeaseAsync(space, 10)).Numbers);
    }

    [Fact]
    public async Task Numbers_leased_again_can_be_handed_back_again()
    {
        var space = await ActivateAsync("secret");
        for (var round = 0; round < 5; round++)
        {
            var block = await LeaseAsync(space, 10);
            Assert.Equal(new KeyRange(0, 10), block.Numbers);
            await Store.ReturnAsync(block, [block.Numbers], Token);
        }
    }

    [Fact]
    public async Task Numbers_handed_back_to_a_closed_space_wait_until_it_is_active_again()
    {
        var space = await ActivateAsync("secret");
        var block = await LeaseAsync(space, 10);
        var other = await ActivateAsync("other");
        await Store.ReturnAsync(block, [new KeyRange(3, 10)], Token);
        Assert.Equal(LeaseOutcome.Closed, (await TryLeaseAsync(space, 10)).Outcome);
        Assert.Equal(new KeyRange(0, 10), (await LeaseAsync(other, 10)).Numbers);
        await ActivateAsync("secret");
        Assert.Equal(new KeyRange(3, 10), (await LeaseAsync(space, 10)).Numbers);
    }
}
