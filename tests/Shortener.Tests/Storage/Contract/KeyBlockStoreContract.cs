using System.Text;
using Shortener.Core.Keys;

namespace Shortener.Tests.Storage.Contract;

/// <summary>What every <see cref="IKeyBlockStore"/> does.</summary>
public abstract partial class KeyBlockStoreContract(IStoreData<IKeyBlockStore> data) : StoreContract<IKeyBlockStore>(data)
{
    protected static KeySpace NewSpace(string secret, int length = 7) => KeySpace.Create(length, Encoding.UTF8.GetBytes(secret));

    protected async Task<KeySpace> ActivateAsync(string secret, int length = 7)
    {
        var space = NewSpace(secret, length);
        return (await Store.ActivateAsync(space, space, Token))[0];
    }

    protected Task<LeaseResult> TryLeaseAsync(KeySpace space, int count, Guid? lease = null) =>
        Store.LeaseAsync(space.Id, count, lease ?? Guid.CreateVersion7(), "test", Token);

    protected async Task<KeyBlock> LeaseAsync(KeySpace space, int count, Guid? lease = null)
    {
        var result = await TryLeaseAsync(space, count, lease);
        Assert.Equal(LeaseOutcome.Leased, result.Outcome);
        var block = Assert.IsType<KeyBlock>(result.Block);
        Assert.Equal(space.Id, block.SpaceId);
        Assert.InRange(block.Numbers.Count, 1, count);
        return block;
    }

    protected static IEnumerable<long> NumbersOf(params IEnumerable<KeyBlock> blocks) =>
        blocks.SelectMany(block => NumbersOf(block.Numbers));

    protected static IEnumerable<long> NumbersOf(KeyRange range)
    {
        for (var number = range.First; number < range.End; number++) yield return number;
    }

    protected static void AssertSame(KeySpace expected, KeySpace actual)
    {
        Assert.Equal(expected.Secret, actual.Secret);
        Assert.Equal(expected, actual with { Secret = expected.Secret });
    }
}
