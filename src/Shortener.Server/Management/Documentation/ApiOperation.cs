using System.Text.Json.Nodes;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Documentation;

/// <summary>What the documentation says of an operation beyond its route.</summary>
/// <param name="Id">Its name for generated clients.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Scope">The scope that it needs.</param>
/// <param name="Success">The status of success.</param>
/// <param name="Result">The type of its body; null: none.</param>
/// <param name="Problems">What it answers with when it fails, beyond what every operation may.</param>
public sealed partial record ApiOperation(
    string Id, string Summary, string Scope, int Success, Type? Result, params IReadOnlyList<ProblemType> Problems)
{
    private static readonly ApiParameter[] Page = [ApiParameter.Limit, ApiParameter.Cursor];

    private const string Link =
        """{"alias":"launch","shortUrl":"https://sho.rt/launch","url":"https://example.com/","createdAt":"2026-11-21T12:00:00.000Z","updatedAt":"2026-11-21T12:00:00.000Z","expiresAt":"2028-11-20T12:00:00.000Z","title":"Launch","tags":["autumn"],"redirectStatus":302,"state":"active","version":1}""";

    private static readonly string LinkWithVisits = Link[..^1] + ""","visits":{"people":2140,"bots":318}}""";

    private const string Key =
        """{"id":"4fT0aZk2LmQ9","owner":"default","name":"ci","scopes":["read","create"],"createdAt":"2026-11-21T12:00:00.000Z","expiresAt":null}""";

    private const string LinkRequestExample = """{"url":"https://example.com/","alias":"launch","title":"Launch","tags":["autumn"]}""";

    private static readonly ProblemType[] Everywhere =
    [
        ProblemType.Unauthorized, ProblemType.Forbidden, ProblemType.MethodNotAllowed, ProblemType.RateLimited,
        ProblemType.InternalError, ProblemType.StoreUnavailable,
    ];

    private static readonly ProblemType[] WriteProblems = [ProblemType.UnknownOutcome, ProblemType.StorageFull];

    private static readonly ProblemType[] BodyProblems =
    [
        ProblemType.InvalidJson, ProblemType.ValidationFailed, ProblemType.BadRequest, ProblemType.RequestTimeout,
        ProblemType.BodyTooLarge, ProblemType.UnsupportedMediaType, .. WriteProblems,
    ];

    private static readonly ProblemType[] PostProblems =
        [.. BodyProblems, ProblemType.RequestInFlight, ProblemType.IdempotencyKeyReused];

    /// <summary>Everything that it may answer with when it fails.</summary>
    public IEnumerable<ProblemType> AllProblems => Everywhere.Concat(Problems);

    /// <summary>The type that documents the body of the request; null: none.</summary>
    public Type? Input { get; private init; }

    /// <summary>Media types of that body beside <c>application/json</c>.</summary>
    public string[] FurtherInputTypes { get; private init; } = [];

    /// <summary>An example of that body.</summary>
    public JsonNode? InputExample { get; private init; }

    /// <summary>An example of the answer's body.</summary>
    public JsonNode? ResultExample { get; private init; }

    /// <summary>Examples of a body that is text, by its media types; empty: the body is JSON.</summary>
    public IReadOnlyDictionary<string, string> TextExamples { get; private init; } = new Dictionary<string, string>();

    /// <summary>Its parameters: in the path, the query and headers.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; private init; } = [];

    /// <summary>Whether it answers 304 to If-None-Match.</summary>
    public bool HasConditionalRead { get; private init; }

    /// <summary>POST /links.</summary>
    public static readonly ApiOperation CreateLink =
        new("createLink", "Makes a link", "create", 201, typeof(LinkBody),
            [.. PostProblems, ProblemType.AliasTaken, ProblemType.Stopping, ProblemType.NoKeyLeft])
        {
            Input = typeof(LinkInput), InputExample = JsonNode.Parse(LinkRequestExample), ResultExample = JsonNode.Parse(Link),
            Parameters = [ApiParameter.IdempotencyKey],
        };

    /// <summary>GET /links.</summary>
    public static readonly ApiOperation ListLinks =
        new("listLinks", "Lists your links, newest first", "read", 200, typeof(LinkListBody), ProblemType.ValidationFailed)
        {
            ResultExample = JsonNode.Parse($$"""{"items":[{{LinkWithVisits}}],"nextCursor":null}"""),
            Parameters = [.. Page, ApiParameter.Tag, ApiParameter.State],
        };

    /// <summary>GET /links/{alias}.</summary>
    public static readonly ApiOperation GetLink =
        new("getLink", "Shows a link", "read", 200, typeof(LinkBody), ProblemType.NotFound)
        {
            HasConditionalRead = true,
            ResultExample = JsonNode.Parse(LinkWithVisits),
            Parameters = [ApiParameter.Alias, ApiParameter.IfNoneMatch],
        };

    /// <summary>PUT /links/{alias}.</summary>
    public static readonly ApiOperation ReplaceLink =
        new("replaceLink", "Replaces a link; fields left out go back to their defaults", "manage", 200, typeof(LinkBody),
            [.. BodyProblems, ProblemType.NotFound, ProblemType.VersionMismatch])
        {
            Input = typeof(LinkReplacement), InputExample = JsonNode.Parse("""{"url":"https://example.com/new"}"""),
            ResultExample = JsonNode.Parse(Link), Parameters = [ApiParameter.Alias, ApiParameter.IfMatch],
        };

    /// <summary>PATCH /links/{alias}.</summary>
    public static readonly ApiOperation PatchLink =
        new("patchLink", "Changes the fields given (RFC 7396): null removes, what is left out stays", "manage", 200, typeof(LinkBody),
            [.. BodyProblems, ProblemType.NotFound, ProblemType.VersionMismatch])
        {
            Input = typeof(LinkPatch), FurtherInputTypes = ["application/merge-patch+json"],
            InputExample = JsonNode.Parse("""{"title":null,"state":"disabled"}"""),
            ResultExample = JsonNode.Parse(Link), Parameters = [ApiParameter.Alias, ApiParameter.IfMatch],
        };

    /// <summary>DELETE /links/{alias}.</summary>
    public static readonly ApiOperation DeleteLink =
        new("deleteLink", "Deletes a link; its alias stays yours", "manage", 204, null,
            [.. WriteProblems, ProblemType.NotFound, ProblemType.VersionMismatch])
        {
            Parameters = [ApiParameter.Alias, ApiParameter.IfMatch],
        };

    /// <summary>POST /keys.</summary>
    public static readonly ApiOperation CreateKey =
        new("createKey", "Makes a developer key; its secret is in this answer only", "admin", 201, typeof(KeyBody), PostProblems)
        {
            Input = typeof(KeyInput), InputExample = JsonNode.Parse("""{"name":"ci","scopes":["read","create"]}"""),
            ResultExample = JsonNode.Parse(Key[..^1] + ""","key":"shrt_4fT0aZk2LmQ9_..."}"""), Parameters = [ApiParameter.IdempotencyKey],
        };

    /// <summary>GET /keys.</summary>
    public static readonly ApiOperation ListKeys =
        new("listKeys", "Lists the developer keys that are not revoked, newest first", "admin", 200, typeof(KeyListBody), ProblemType.ValidationFailed)
        {
            ResultExample = JsonNode.Parse($$"""{"items":[{{Key}}],"nextCursor":null}"""),
            Parameters = [.. Page, ApiParameter.Owner],
        };

    /// <summary>GET /keys/{id}.</summary>
    public static readonly ApiOperation GetKey =
        new("getKey", "Shows a developer key that is not revoked", "admin", 200, typeof(KeyBody), ProblemType.NotFound)
        {
            ResultExample = JsonNode.Parse(Key), Parameters = [ApiParameter.KeyId],
        };

    /// <summary>DELETE /keys/{id}.</summary>
    public static readonly ApiOperation RevokeKey =
        new("revokeKey", "Revokes a developer key", "admin", 204, null,
            [.. WriteProblems, ProblemType.NotFound, ProblemType.LastAdminKey])
        {
            Parameters = [ApiParameter.KeyId],
        };
}
