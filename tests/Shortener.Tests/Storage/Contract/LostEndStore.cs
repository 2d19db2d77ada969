using Shortener.Core;
using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

/// <summary>The real store, which is lost after so many calls, until it is back.</summary>
internal sealed class LostEndStore(ILinkEndStore inner, int calls) : ILinkEndStore
{
    private int _calls;

    /// <summary>Calls that failed.</summary>
    public int Lost => Math.Max(0, Volatile.Read(ref _calls) - calls);

    public bool IsBack { get; set; }

    public Task<IReadOnlyList<LinkEnd>> ListAsync(LinkEnd? after, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        Call(() => inner.ListAsync(after, until, limit, cancellationToken));

    public Task<LinkLife?> FindAsync(string alias, CancellationToken cancellationToken) =>
        Call(() => inner.FindAsync(alias, cancellationToken));

    public Task<LinkEnd?> FindCheckpointAsync(string walk, CancellationToken cancellationToken) =>
        Call(() => inner.FindCheckpointAsync(walk, cancellationToken));

    public Task SaveCheckpointAsync(string walk, LinkEnd passed, CancellationToken cancellationToken) =>
        Call(() => inner.SaveCheckpointAsync(walk, passed, cancellationToken));

    public Task RemoveAsync(LinkEnd? after, LinkEnd through, CancellationToken cancellationToken) =>
        Call(() => inner.RemoveAsync(after, through, cancellationToken));

    private TTask Call<TTask>(Func<TTask> call) => IsBack || Interlocked.Increment(ref _calls) <= calls
        ? call()
        : throw new StoreException(StoreFailure.Unavailable, "The store is lost.");
}
