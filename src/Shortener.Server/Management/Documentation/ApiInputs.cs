namespace Shortener.Server.Management.Documentation;

/// <summary>Fields of a link that mean the same in every request.</summary>
/// <remarks>
/// These types document the requests; <see cref="LinkRequest"/> reads them, <see cref="FieldSchemas"/> says what values there
/// may be, and tests hold all three together.
/// </remarks>
public abstract record LinkFields
{
    /// <summary>From when on it is not followed (RFC 3339); null: never, for keys with the scope manage.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Seconds from now until it expires, in place of expiresAt; null: as if left out.</summary>
    public long? Ttl { get; init; }

    /// <summary>A name for people, without control characters, spaces around it not counted; null: none.</summary>
    public string? Title { get; init; }

    /// <summary>Labels to list by, without control characters, none of them blank; null: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The HTTP status of its redirect; null: the service's default.</summary>
    public int? RedirectStatus { get; init; }

    /// <summary>Whether it is followed; null: active. Expired may be sent back to a link as it was read: that changes nothing.</summary>
    public string? State { get; init; }
}

/// <summary>What a new link is asked to be. Without expiresAt and ttl it lives for the service's default lifetime.</summary>
public sealed record LinkInput : LinkFields
{
    /// <summary>Where it leads: http or https. Its length counts as the URL standard writes it, in ASCII.</summary>
    public required string Url { get; init; }

    /// <summary>A custom alias, none of the reserved words; null or left out: one is generated.</summary>
    public string? Alias { get; init; }
}

/// <summary>What a link is asked to be instead; what is left out goes back to its default.</summary>
public sealed record LinkReplacement : LinkFields
{
    /// <inheritdoc cref="LinkInput.Url"/>
    public required string Url { get; init; }

    /// <summary>May be sent back; it cannot be changed.</summary>
    public string Alias { get; init; } = "";
}

/// <summary>What of a link is to change (RFC 7396): what is left out stays as it is.</summary>
public sealed record LinkPatch : LinkFields
{
    /// <inheritdoc cref="LinkInput.Url"/>
    public string Url { get; init; } = "";

    /// <inheritdoc cref="LinkReplacement.Alias"/>
    public string Alias { get; init; } = "";
}

/// <summary>What a developer key is asked to be.</summary>
/// <remarks>Documents the request; <see cref="KeyEndpoints"/> reads it.</remarks>
/// <param name="Name">For people, without control characters.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">From when on it is refused (RFC 3339); null or left out: never.</param>
/// <param name="Owner">Whose links it reaches; null or left out: those of the key that makes it.</param>
public sealed record KeyInput(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, string? Owner = null);
