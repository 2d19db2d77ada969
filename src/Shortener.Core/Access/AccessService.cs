using System.Security.Cryptography;
using Shortener.Core.Caching;

namespace Shortener.Core.Access;

/// <summary>How an attempt to revoke a key ended.</summary>
public enum RevokeOutcome
{
    /// <summary>The key opens nothing any more.</summary>
    Revoked,

    /// <summary>There is no such key, or it was revoked before.</summary>
    NotFound,

    /// <summary>It is the last key that may make keys; nobody could get in again.</summary>
    LastAdmin,
}

/// <summary>
/// Makes, recognises and revokes developer keys. A key that was recognised is remembered for <paramref name="rememberFor"/>,
/// which bounds how long another process goes on accepting a key that this one revoked.
/// </summary>
public sealed class AccessService(IDeveloperKeyStore store, TimeProvider time, TimeSpan rememberFor) : IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly SieveCache<Remembered> _remembered = new(MaxRemembered);
    private readonly SemaphoreSlim _revoking = new(1);
    private readonly Lock _forgetting = new();
    private long _forgotten;

    /// <summary>Makes a key. Its text is returned here and never again.</summary>
    public async Task<(DeveloperKey Key, string Text)> CreateAsync(
        string owner, string name, Scopes scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var (id, text) = DeveloperKeyText.Generate();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var key = new DeveloperKey(id, owner, name, scopes, DeveloperKeyText.Hash(text), now, expiresAt, RevokedAt: null);
        await store.InsertAsync(key, cancellationToken);
        return (key, text);
    }

    /// <summary>The usable key that <paramref name="text"/> is; null: none.</summary>
    /// <exception cref="StoreException">The store cannot say.</exception>
    public async ValueTask<DeveloperKey?> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        if (!DeveloperKeyText.TryParseId(text, out var id)) return null;
        if (!_remembered.TryGet(id, out var remembered) || time.GetElapsedTime(remembered.At) >= rememberFor)
        {
            var forgotten = Interlocked.Read(ref _forgotten);
            if (await store.FindAsync(id, cancellationToken) is not { } found) return null;
            remembered = new Remembered(found, time.GetTimestamp());
            // What was found before some key was revoked may be that key as it was.
            lock (_forgetting)
            {
                if (_forgotten == forgotten) _remembered.Set(id, remembered);
            }
        }

        var isHolder = CryptographicOperations.FixedTimeEquals(DeveloperKeyText.Hash(text), remembered.Key.SecretHash);
        return isHolder && remembered.Key.IsUsableAt(time.GetUtcNow()) ? remembered.Key : null;
    }

    /// <summary>A page of keys that are not revoked, of one owner or of all.</summary>
    public Task<DeveloperKeyPage> ListAsync(string? owner, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.ListAsync(owner, limit, cursor, cancellationToken);

    /// <summary>The key of that id, also an expired one; null: there is none, or it was revoked.</summary>
    public async Task<DeveloperKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { RevokedAt: null } key ? key : null;

    /// <summary>Revokes a key, unless nobody could make keys afterwards.</summary>
    public async Task<RevokeOutcome> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        // One at a time: two last admins must not each count on the other.
        await _revoking.WaitAsync(cancellationToken);
        try
        {
            if (await FindAsync(id, cancellationToken) is not { } key) return RevokeOutcome.NotFound;
            if (key.Scopes.HasFlag(Scopes.Admin) && !await HasOtherAdminAsync(id, cancellationToken)) return RevokeOutcome.LastAdmin;
            return await store.RevokeAsync(id, time.GetUtcNow(), cancellationToken) ? RevokeOutcome.Revoked : RevokeOutcome.NotFound;
        }
        finally
        {
            // Also after a failure: the write may have taken place.
            Forget(id);
            _revoking.Release();
        }
    }

    /// <summary>Whether any key is there that may make keys now.</summary>
    public Task<bool> HasAdminAsync(CancellationToken cancellationToken) => HasOtherAdminAsync("", cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _revoking.Dispose();

    private void Forget(string id)
    {
        lock (_forgetting)
        {
            _forgotten++;
            _remembered.Remove(id);
        }
    }

    private async Task<bool> HasOtherAdminAsync(string id, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await store.ListAsync(owner: null, limit: 100, cursor, cancellationToken);
            if (page.Items.Any(key => key.Id != id && key.Scopes.HasFlag(Scopes.Admin) && key.IsUsableAt(time.GetUtcNow())))
                return true;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return false;
    }

    private sealed record Remembered(DeveloperKey Key, long At);
}
