using Shortener.Core;
using Shortener.Core.Links;

namespace Shortener.Storage.Redis;

/// <summary>
/// Looks links up in Redis, and in the store what Redis does not know. Redis may be as old as the lifetime of its entries where
/// a change could not be written to it; else it knows each change when the change is answered.
/// </summary>
public sealed class RedisLinkLookup(ILinkStore store, LinkCache cache) : ILinkLookup, IDisposable
{
    private readonly SemaphoreSlim _lookups = new(cache.Settings.MaxStoreLookups);

    /// <inheritdoc/>
    public async Task<LinkTarget?> FindAsync(string alias, CancellationToken cancellationToken)
    {
        // 1. Redis.
        var (held, isFree) = await cache.FindAsync(alias);
        if (held is { IsAnswer: true }) return held.Target;

        // 2. The right to put the answer there: a lease, or a marker that asks for the store.
        var lease = isFree ? await cache.LeaseAsync(alias) : held is { Kind: CacheEntryKind.AskStore } ? "" : null;

        // 3. The store.
        var found = await AskStoreAsync(alias, cancellationToken);

        // 4. Redis again, which may know newer by now. Of an older state than a marker tells of nothing is put.
        if (lease is null) return found;
        var entry = CacheEntry.Of(found);
        return await cache.FillAsync(alias, entry, lease) is { IsAnswer: true } newer && newer.Version > entry.Version ? newer.Target : found;
    }

    /// <inheritdoc/>
    public void Dispose() => _lookups.Dispose();

    private async Task<LinkTarget?> AskStoreAsync(string alias, CancellationToken cancellationToken)
    {
        // Without Redis every look-up would come here at once; the store is worth more with some of them refused.
        if (!await _lookups.WaitAsync(0, cancellationToken))
            throw new StoreException(StoreFailure.Unavailable, $"{cache.Settings.MaxStoreLookups} look-ups in the store are under way: no more are begun.");
        try
        {
            return await store.FindAsync(alias, cancellationToken) is { } link ? LinkTarget.Of(link) : null;
        }
        finally
        {
            _lookups.Release();
        }
    }
}
