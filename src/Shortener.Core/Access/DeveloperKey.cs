namespace Shortener.Core.Access;

/// <summary>What a developer key may do; any combination.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read and list its owner's links.</summary>
    Read = 1,

    /// <summary>Make links for its owner.</summary>
    Create = 2,

    /// <summary>Change and delete its owner's links, and make links that never expire.</summary>
    Manage = 4,

    /// <summary>Make, show, list and revoke developer keys of every owner.</summary>
    Admin = 8,
}

/// <summary>A developer key as the store keeps it: without its secret, of which only a hash is known.</summary>
/// <param name="Id">Public: names the key, also inside its text.</param>
/// <param name="Owner">Whose links it reaches.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="SecretHash">SHA-256 of the key's text.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused; null: never.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
public sealed record DeveloperKey(
    string Id, string Owner, string Name, Scopes Scopes, byte[] SecretHash, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>Whether it opens anything at <paramref name="now"/>.</summary>
    public bool IsUsableAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
