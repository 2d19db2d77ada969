using Shortener.Core.Keys;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class KeyBlockStoreContract
{
    [Fact]
    public async Task A_lease_names_its_numbers_its_space_and_its_id()
    {
        var space = await ActivateAsync("secret");
        var lease = Guid.CreateVersion7();
        var block = await LeaseAsync(space, 100, lease);
        Assert.Equal(lease, block.LeaseId);
        Assert.Equal(new KeyRange(0, 100), block.Numbers);
        Assert.Equal(new KeyRange(100, 101), (await LeaseAsync(space, 1)).Numbers);
    }

    [Fact]
    public async Task Later_leases_have_higher_epochs_also_after_reopening()
    {
        var space = await ActivateAsync("secret");
        var epochs = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            var block = await LeaseAsync(space, 10);
            epochs.Add(block.Epoch);
            if (i % 2 == 0) await Store.ReturnAsync(block, [block.Numbers], Token);
            if (i % 3 == 0) await ReopenAsync();
        }

        Assert.Equal(epochs.Distinct().Order(), epochs);
    }

    [Fact]
    public async Task Leases_at_once_never_overlap_and_neither_do_those_after_reopening()
    {
        var space = await ActivateAsync("secret");
        var blocks = new List<KeyBlock>();
        for (var round = 0; round < 3; round++)
        {
            blocks.AddRange(await RaceAsync(64, i => LeaseAsync(space, 1 + (i % 7))));
            await ReopenAsync();
        }

        var numbers = NumbersOf(blocks).Order().ToList();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.Equal(blocks.Count, blocks.Select(block => block.Epoch).Distinct().Count());
    }

    [Fact]
    public async Task Leases_and_returns_at_once_never_leave_a_number_with_two_holders()
    {
        var space = await ActivateAsync("secret");
        var kept = await RaceAsync(32, async i =>
        {
            var mine = new List<long>();
            for (var round = 0; round < 5; round++)
            {
                var block = await LeaseAsync(space, 10);
                var used = block.Numbers.First + Math.Min(i % 4, block.Numbers.Count);
                mine.AddRange(NumbersOf(block.Numbers with { End = used }));
                await Store.ReturnAsync(block, [block.Numbers with { First = used }], Token);
            }

            return mine;
        });
        var numbers = kept.SelectMany(mine => mine).Order().ToList();
        Assert.Equal(numbers.Distinct(), numbers);
    }

    [Fact]
    public async Task Repeating_a_lease_returns_its_block_also_after_others_and_after_reopening()
    {
        var space = await ActivateAsync("secret");
        var lease = Guid.CreateVersion7();
        var block = await LeaseAsync(space, 10, lease);
        Assert.Equal(block, await LeaseAsync(space, 10, lease));
        var other = await LeaseAsync(space, 10);
        await ReopenAsync();
        Assert.Equal(block, await LeaseAsync(space, 10, lease));
        Assert.Equal(other.Numbers.End, (await LeaseAsync(space, 10)).Numbers.First);
    }

    [Fact]
    public async Task Many_repetitions_of_one_lease_at_once_all_get_the_one_block()
    {
        var space = await ActivateAsync("secret");
        var lease = Guid.CreateVersion7();
        Assert.Single((await RaceAsync(32, _ => LeaseAsync(space, 10, lease))).Distinct());
    }

    [Fact]
    public async Task Spaces_of_two_lengths_lease_apart()
    {
        var (seven, eight) = (await ActivateAsync("secret", 7), await ActivateAsync("secret", 8));
        Assert.Equal(new KeyRange(0, 10), (await LeaseAsync(seven, 10)).Numbers);
        var block = await LeaseAsync(eight, 10);
        Assert.Equal(new KeyRange(0, 10), block.Numbers);
        await Store.ReturnAsync(block, [block.Numbers], Token);
        Assert.Equal(new KeyRange(10, 20), (await LeaseAsync(seven, 10)).Numbers);
    }

    [Fact]
    public async Task A_space_that_was_never_made_active_leases_nothing()
    {
        await ActivateAsync("secret");
        var result = await TryLeaseAsync(NewSpace("other"), 10);
        Assert.Equal(new LeaseResult(LeaseOutcome.Closed, null), result);
    }
}
