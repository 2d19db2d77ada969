using System.Text.Json.Serialization;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Server.Management.Live;
using Shortener.Server.Management.RawVisits;
using Shortener.Server.Management.Stats;

namespace Shortener.Server.Management;

/// <summary>A link as the API shows it.</summary>
/// <param name="Alias">The last part of the short URL.</param>
/// <param name="ShortUrl">What people follow.</param>
/// <param name="Url">Where it leads, in the serialisation of the WHATWG URL standard.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="ExpiresAt">From when on it is not followed; null: never expires.</param>
/// <param name="Title">A name for people.</param>
/// <param name="Tags">Labels.</param>
/// <param name="RedirectStatus">The HTTP status of its redirect.</param>
/// <param name="State">What becomes of a visit: it is followed, or the link is expired or switched off.</param>
/// <param name="Version">One more with each change; also the ETag.</param>
/// <param name="Visits">How often it was followed; left out of answers to changes.</param>
public sealed record LinkBody(
    string Alias, string ShortUrl, string Url, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ExpiresAt,
    string? Title, IReadOnlyList<string> Tags, int RedirectStatus, string State, long Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VisitsBody? Visits = null)
{
    /// <summary>Shows <paramref name="link"/> as it is at <paramref name="now"/>.</summary>
    public static LinkBody From(Link link, string publicBase, DateTimeOffset now, VisitTotal? visits) => new(
        link.Alias, $"{publicBase}/{link.Alias}", link.Url, link.CreatedAt, link.UpdatedAt, link.ExpiresAt, link.Title, link.Tags,
        link.RedirectStatus, LinkStates.NameOf(link.StateAt(now)), link.Version,
        visits is { } total ? new VisitsBody(total.People, total.Bots) : null);
}

/// <summary>How often a link was followed.</summary>
/// <param name="People">By people.</param>
/// <param name="Bots">By robots, link previews among them.</param>
public sealed record VisitsBody(long People, long Bots);

/// <summary>A page of links, newest first.</summary>
/// <param name="Items">The links.</param>
/// <param name="NextCursor">Give it as `cursor` to get the next page; null: this was the last.</param>
public sealed record LinkListBody(IReadOnlyList<LinkBody> Items, string? NextCursor);

/// <summary>A developer key as the API shows it.</summary>
/// <param name="Id">Names the key.</param>
/// <param name="Owner">Whose links it reaches.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused; null: never.</param>
/// <param name="Key">The secret, only in the answer that makes it.</param>
public sealed record KeyBody(
    string Id, string Owner, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key = null);

/// <summary>A page of developer keys, newest first.</summary>
/// <param name="Items">The keys.</param>
/// <param name="NextCursor">Give it as `cursor` to get the next page; null: this was the last.</param>
public sealed record KeyListBody(IReadOnlyList<KeyBody> Items, string? NextCursor);

/// <summary>How the API's bodies are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(LinkBody))]
[JsonSerializable(typeof(LinkListBody))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(KeyListBody))]
[JsonSerializable(typeof(StatsBody))]
[JsonSerializable(typeof(StatsRow))]
[JsonSerializable(typeof(RawVisitListBody))]
[JsonSerializable(typeof(LiveVisitBody))]
public sealed partial class ApiJson : JsonSerializerContext;
