namespace Shortener.Core.Access;

/// <summary>Where developer keys are kept. Failures and threads as in <see cref="Links.ILinkStore"/>.</summary>
public interface IDeveloperKeyStore
{
    /// <summary>Inserts a key whose id is new; durable when it completes.</summary>
    Task InsertAsync(DeveloperKey key, CancellationToken cancellationToken);

    /// <summary>The key of that id, also a revoked or expired one; null: there is none.</summary>
    Task<DeveloperKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>A page of keys that are not revoked, newest first, of one owner or (null) of all.</summary>
    /// <exception cref="Links.InvalidCursorException">The cursor is none that this store handed out.</exception>
    Task<DeveloperKeyPage> ListAsync(string? owner, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Revokes a key. False: there is none of that id, or it was revoked before.</summary>
    Task<bool> RevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken);
}

/// <summary>A page of keys and the opaque cursor of the next one; null: this was the last.</summary>
public sealed record DeveloperKeyPage(IReadOnlyList<DeveloperKey> Items, string? NextCursor);
