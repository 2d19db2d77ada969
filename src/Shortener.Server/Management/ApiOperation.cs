using System.Text.Json.Nodes;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHeader">In a header, else in the query.</param>
/// <param name="Description">What it does.</param>
/// <param name="Example">A value.</param>
public sealed record ApiParameter(string Name, bool IsHeader, string Description, string Example);

/// <summary>What the documentation says of an operation beyond its route.</summary>
/// <param name="Id">Its name for generated clients.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Scope">The scope that it needs.</param>
/// <param name="Success">The status of success.</param>
/// <param name="Result">The type of its body; null: none.</param>
/// <param name="Problems">What it answers with when it fails, beyond what every operation may.</param>
public sealed record ApiOperation(string Id, string Summary, string Scope, int Success, Type? Result, params IReadOnlyList<ProblemType> Problems)
{
    private static readonly ApiParameter IdempotencyKey = new(
        "Idempotency-Key", true, "Names the request, so that it can be repeated: the same key and body get the same answer for 24 hours.",
        "0191e0c2-5b1c-7e3a-9c1d-2f6d1a7c8b90");

    private static readonly ApiParameter IfMatch = new(
        "If-Match", true, "The ETag that the link must still have.", "\"1\"");

    private static readonly ApiParameter[] Page =
    [
        new("limit", false, "The most items on the page, 1 to 100; 20 where left out.", "20"),
        new("cursor", false, "The nextCursor of the page before.", "MTc2Mzcy"),
    ];

    private const string Link =
        """{"alias":"launch","shortUrl":"https://sho.rt/launch","url":"https://example.com/","createdAt":"2026-11-21T12:00:00.000Z","updatedAt":"2026-11-21T12:00:00.000Z","expiresAt":"2028-11-20T12:00:00.000Z","title":"Launch","tags":["autumn"],"redirectStatus":302,"state":"active","version":1}""";

    private const string Key =
        """{"id":"4fT0aZk2LmQ9","owner":"default","name":"ci","scopes":["read","create"],"createdAt":"2026-11-21T12:00:00.000Z","expiresAt":null}""";

    private const string LinkRequestExample = """{"url":"https://example.com/","alias":"launch","title":"Launch","tags":["autumn"]}""";

    private static readonly ProblemType[] BodyProblems =
        [ProblemType.InvalidJson, ProblemType.ValidationFailed, ProblemType.BodyTooLarge, ProblemType.UnsupportedMediaType];

    private static readonly ProblemType[] PostProblems = [.. BodyProblems, ProblemType.RequestInFlight, ProblemType.IdempotencyKeyReused];

    /// <summary>The type that documents the body of the request; null: none.</summary>
    public Type? Input { get; private init; }

    /// <summary>Media types of that body beside <c>application/json</c>.</summary>
    public string[] FurtherInputTypes { get; private init; } = [];

    /// <summary>An example of that body.</summary>
    public JsonNode? InputExample { get; private init; }

    /// <summary>An example of the answer's body.</summary>
    public JsonNode? ResultExample { get; private init; }

    /// <summary>Parameters beyond those of the path.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; private init; } = [];

    /// <summary>Whether it answers 304 to If-None-Match.</summary>
    public bool HasConditionalRead { get; private init; }

    /// <summary>POST /links.</summary>
    public static readonly ApiOperation CreateLink =
        new("createLink", "Makes a link", "create", 201, typeof(LinkBody),
            [.. PostProblems, ProblemType.AliasTaken, ProblemType.Stopping, ProblemType.NoKeyLeft])
        {
            Input = typeof(LinkInput), InputExample = JsonNode.Parse(LinkRequestExample), ResultExample = JsonNode.Parse(Link),
            Parameters = [IdempotencyKey],
        };

    /// <summary>GET /links.</summary>
    public static readonly ApiOperation ListLinks =
        new("listLinks", "Lists your links, newest first", "read", 200, typeof(LinkListBody), ProblemType.ValidationFailed)
        {
            ResultExample = JsonNode.Parse($$"""{"items":[{{Link}}],"nextCursor":null}"""),
            Parameters =
            [
                .. Page,
                new("tag", false, "Only links with this tag.", "autumn"),
                new("state", false, "Only links in this state: active, expired or disabled. A page may then be short, even empty, while nextCursor says that there is more.", "active"),
            ],
        };

    /// <summary>GET /links/{alias}.</summary>
    public static readonly ApiOperation GetLink =
        new("getLink", "Shows a link", "read", 200, typeof(LinkBody), ProblemType.NotFound)
        {
            HasConditionalRead = true,
            ResultExample = JsonNode.Parse(Link),
            Parameters = [new("If-None-Match", true, "Answer 304 if the link still has this ETag.", "\"1\"")],
        };

    /// <summary>PUT /links/{alias}.</summary>
    public static readonly ApiOperation ReplaceLink =
        new("replaceLink", "Replaces a link; fields left out go back to their defaults", "manage", 200, typeof(LinkBody),
            [.. BodyProblems, ProblemType.NotFound, ProblemType.VersionMismatch])
        {
            Input = typeof(LinkInput), InputExample = JsonNode.Parse("""{"url":"https://example.com/new"}"""),
            ResultExample = JsonNode.Parse(Link), Parameters = [IfMatch],
        };

    /// <summary>PATCH /links/{alias}.</summary>
    public static readonly ApiOperation PatchLink =
        new("patchLink", "Changes the fields given (RFC 7396): null removes, what is left out stays", "manage", 200, typeof(LinkBody),
            [.. BodyProblems, ProblemType.NotFound, ProblemType.VersionMismatch])
        {
            Input = typeof(LinkInput), FurtherInputTypes = ["application/merge-patch+json"],
            InputExample = JsonNode.Parse("""{"title":null,"state":"disabled"}"""),
            ResultExample = JsonNode.Parse(Link), Parameters = [IfMatch],
        };

    /// <summary>DELETE /links/{alias}.</summary>
    public static readonly ApiOperation DeleteLink =
        new("deleteLink", "Deletes a link; its alias stays yours", "manage", 204, null, ProblemType.NotFound, ProblemType.VersionMismatch)
        {
            Parameters = [IfMatch],
        };

    /// <summary>POST /keys.</summary>
    public static readonly ApiOperation CreateKey =
        new("createKey", "Makes a developer key; its secret is in this answer only", "admin", 201, typeof(KeyBody), PostProblems)
        {
            Input = typeof(KeyInput), InputExample = JsonNode.Parse("""{"name":"ci","scopes":["read","create"]}"""),
            ResultExample = JsonNode.Parse(Key[..^1] + ""","key":"shrt_4fT0aZk2LmQ9_..."}"""), Parameters = [IdempotencyKey],
        };

    /// <summary>GET /keys.</summary>
    public static readonly ApiOperation ListKeys =
        new("listKeys", "Lists the developer keys that are not revoked, newest first", "admin", 200, typeof(KeyListBody), ProblemType.ValidationFailed)
        {
            ResultExample = JsonNode.Parse($$"""{"items":[{{Key}}],"nextCursor":null}"""),
            Parameters = [.. Page, new("owner", false, "Only keys of this owner.", "default")],
        };

    /// <summary>GET /keys/{id}.</summary>
    public static readonly ApiOperation GetKey =
        new("getKey", "Shows a developer key that is not revoked", "admin", 200, typeof(KeyBody), ProblemType.NotFound)
        {
            ResultExample = JsonNode.Parse(Key),
        };

    /// <summary>DELETE /keys/{id}.</summary>
    public static readonly ApiOperation RevokeKey =
        new("revokeKey", "Revokes a developer key", "admin", 204, null, ProblemType.NotFound, ProblemType.LastAdminKey);
}
