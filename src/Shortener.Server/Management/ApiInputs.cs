namespace Shortener.Server.Management;

/// <summary>What a link is asked to be.</summary>
/// <remarks>Documents the request; <see cref="LinkRequest"/> reads it, and a test holds both together.</remarks>
/// <param name="Url">Where it leads: http or https, at most 2,048 characters. Needed to make or replace a link.</param>
/// <param name="Alias">Custom alias: 3 to 64 of A-Z a-z 0-9 - _. Left out: one is generated.</param>
/// <param name="ExpiresAt">From when on it is not followed (RFC 3339); null: never, for keys with the scope manage. Left out: after the default lifetime, two years.</param>
/// <param name="Ttl">Seconds until it expires, in place of expiresAt.</param>
/// <param name="Title">A name for people, at most 200 characters.</param>
/// <param name="Tags">Labels to list by: at most 20 of at most 50 characters.</param>
/// <param name="RedirectStatus">301, 302, 307 or 308; 302 where left out.</param>
/// <param name="State">active or disabled.</param>
public sealed record LinkInput(
    string? Url = null, string? Alias = null, DateTimeOffset? ExpiresAt = null, long? Ttl = null, string? Title = null,
    IReadOnlyList<string>? Tags = null, int? RedirectStatus = null, string? State = null);

/// <summary>What a developer key is asked to be.</summary>
/// <remarks>Documents the request; <see cref="KeyEndpoints"/> reads it.</remarks>
/// <param name="Name">For people, 1 to 100 characters.</param>
/// <param name="Scopes">What it may do: read, create, manage, admin.</param>
/// <param name="ExpiresAt">From when on it is refused (RFC 3339); null or left out: never.</param>
/// <param name="Owner">Whose links it reaches; left out: those of the key that makes it.</param>
public sealed record KeyInput(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, string? Owner = null);
