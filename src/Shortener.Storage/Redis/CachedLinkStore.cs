using Shortener.Core;
using Shortener.Core.Links;

namespace Shortener.Storage.Redis;

/// <summary>
/// A store whose changes are in Redis, and told to every process, before they are answered. Reads go to the store: they decide
/// what is written.
/// </summary>
public sealed class CachedLinkStore(ILinkStore inner, LinkCache cache) : ILinkStore
{
    /// <summary>In a marker: one above whatever Redis holds, since only the store knows which version an insert makes.</summary>
    private const long OneAbove = 0;

    /// <inheritdoc/>
    public Task<Link?> FindAsync(string alias, CancellationToken cancellationToken) => inner.FindAsync(alias, cancellationToken);

    /// <inheritdoc/>
    public async Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken)
    {
        var stored = await MarkingDoubtAsync(() => inner.InsertAsync(link, cancellationToken), link.Alias, OneAbove);
        if (stored is not null) await cache.PutAsync(stored.Alias, CacheEntry.Of(LinkTarget.Of(stored)));
        return stored;
    }

    /// <inheritdoc/>
    public async Task<bool> UpdateAsync(Link link, long expectedVersion, CancellationToken cancellationToken)
    {
        var isDone = await MarkingDoubtAsync(() => inner.UpdateAsync(link, expectedVersion, cancellationToken), link.Alias, expectedVersion + 1);
        if (isDone) await cache.PutAsync(link.Alias, CacheEntry.Of(LinkTarget.Of(link)));
        return isDone;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(
        string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt, CancellationToken cancellationToken)
    {
        var isDone = await MarkingDoubtAsync(
            () => inner.DeleteAsync(alias, expectedVersion, requestId, deletedAt, cancellationToken), alias, expectedVersion + 1);
        if (isDone) await cache.PutAsync(alias, new CacheEntry(CacheEntryKind.Absent, expectedVersion + 1));
        return isDone;
    }

    /// <inheritdoc/>
    public Task<LinkPage> ListAsync(LinkQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    /// <summary>A write that failed and may have taken place makes every reader ask the store.</summary>
    private async Task<T> MarkingDoubtAsync<T>(Func<Task<T>> write, string alias, long version)
    {
        try
        {
            return await write();
        }
        catch (Exception failure) when (failure is not StoreException { Failure: StoreFailure.Unavailable or StoreFailure.Full })
        {
            await cache.PutAsync(alias, new CacheEntry(CacheEntryKind.AskStore, version));
            throw;
        }
    }
}
