using Shortener.Core.Access;

namespace Shortener.Tests.Core.Access;

/// <summary>The real store, counting look-ups; a test can hold the answer of one.</summary>
internal sealed class DeveloperKeyStoreDecorator(IDeveloperKeyStore inner) : IDeveloperKeyStore
{
    private int _finds;

    public int Finds => Volatile.Read(ref _finds);

    /// <summary>Awaited between a look-up and its answer.</summary>
    public Func<Task>? AfterFind { get; set; }

    /// <summary>Awaited between a listing and its answer.</summary>
    public Func<Task>? AfterList { get; set; }

    public Task InsertAsync(DeveloperKey key, CancellationToken cancellationToken) => inner.InsertAsync(key, cancellationToken);

    public async Task<DeveloperKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _finds);
        var found = await inner.FindAsync(id, cancellationToken);
        if (AfterFind is { } hold) await hold();
        return found;
    }

    public async Task<DeveloperKeyPage> ListAsync(string? owner, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = await inner.ListAsync(owner, limit, cursor, cancellationToken);
        if (AfterList is { } hold) await hold();
        return page;
    }

    public Task<bool> RevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken) =>
        inner.RevokeAsync(id, revokedAt, cancellationToken);
}
