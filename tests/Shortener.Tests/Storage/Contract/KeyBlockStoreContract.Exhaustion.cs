using Shortener.Core.Keys;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class KeyBlockStoreContract
{
    [Fact]
    public async Task A_space_leases_its_last_number_and_then_says_that_it_is_exhausted()
    {
        var space = await ActivateAsync("secret", 6);
        var capacity = KeySpace.CapacityOf(6);
        KeyBlock last;
        do last = await LeaseAsync(space, int.MaxValue);
        while (last.Numbers.Count == int.MaxValue);

        Assert.Equal(capacity, last.Numbers.End);
        Assert.Equal(new LeaseResult(LeaseOutcome.Exhausted, null), await TryLeaseAsync(space, 1));
        AssertSame(space with { Next = capacity }, await ActivateAsync("secret", 6));
        await ReopenAsync();
        Assert.Equal(LeaseOutcome.Exhausted, (await TryLeaseAsync(space, int.MaxValue)).Outcome);

        Assert.Equal(last, await LeaseAsync(space, int.MaxValue, last.LeaseId));
        await Store.ReturnAsync(last, [new KeyRange(capacity - 1, capacity)], Token);
        Assert.Equal(new KeyRange(capacity - 1, capacity), (await LeaseAsync(space, 10)).Numbers);
        Assert.Equal(LeaseOutcome.Exhausted, (await TryLeaseAsync(space, 10)).Outcome);
    }
}
