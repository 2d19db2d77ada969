using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

/// <summary>The real store, counting leases and keeping what was handed back; a test can make what it did fail afterwards.</summary>
internal sealed class KeyBlockStoreDecorator(IKeyBlockStore inner) : IKeyBlockStore
{
    public int Leases { get; private set; }

    /// <summary>The ranges handed back, in the order of the calls.</summary>
    public List<KeyRange> Returned { get; } = [];

    /// <summary>Thrown once, after the store did lease.</summary>
    public Exception? AfterLease { get; set; }

    public Task<IReadOnlyList<KeySpace>> ActivateAsync(
        KeySpace? requested, KeySpace whenNone, CancellationToken cancellationToken) =>
        inner.ActivateAsync(requested, whenNone, cancellationToken);

    public async Task<LeaseResult> LeaseAsync(
        string spaceId, int count, Guid leaseId, string holder, CancellationToken cancellationToken)
    {
        var result = await inner.LeaseAsync(spaceId, count, leaseId, holder, cancellationToken);
        Leases++;
        if (AfterLease is not { } failure) return result;
        AfterLease = null;
        throw failure;
    }

    public Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken)
    {
        Returned.AddRange(unused);
        return inner.ReturnAsync(block, unused, cancellationToken);
    }
}
