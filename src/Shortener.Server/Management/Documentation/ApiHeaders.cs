using Microsoft.OpenApi;
using Shortener.Server.Management.Stats;

namespace Shortener.Server.Management.Documentation;

/// <summary>The headers of the API's answers: what they say, and which answer has which.</summary>
internal static class ApiHeaders
{
    /// <summary>Every header by its name; required are those that are never missing from an answer that documents them.</summary>
    public static Dictionary<string, IOpenApiHeader> All() => new()
    {
        ["Allow"] = Header("The methods that are allowed here.", "GET, POST"),
        ["Cache-Control"] = Header("The answer is not to be kept.", "no-store"),
        ["Content-Disposition"] = Header(
            "The name of the file.", "attachment; filename=\"visits-launch.csv\"",
            """^attachment; filename="visits(-[0-9A-Za-z_-]+)?\.(csv|ndjson)"$"""),
        ["Content-Encoding"] = Header("Nothing between here and the client is to hold events back.", "identity", "^identity$"),
        ["ETag"] = Header("The version of the link, for If-Match and If-None-Match.", "\"1\"", """^"\d+"$"""),
        ["Location"] = Header(
            "Where the new thing is, relative to the service.", "/api/v1/links/launch", $"^{ManagementRegistration.Root}/"),
        ["RateLimit"] = Header(
            "What is left of the tightest limit: r requests in the next t seconds (draft-ietf-httpapi-ratelimit-headers-10). "
            + "Missing where the request failed before it was counted, or in a way that drops what was to be sent with the answer.",
            "\"key\";r=11999;t=60", """^"(key|network|api)";r=\d+;t=\d+$""", isRequired: false),
        ["RateLimit-Policy"] = Header(
            "The limit that RateLimit is about: q requests in w seconds by one developer key, from one network or in all.",
            "\"key\";q=12000;w=60", """^"(key|network|api)";q=\d+;w=\d+$""", isRequired: false),
        ["Retry-After"] = new OpenApiHeader
        {
            Description = "Seconds after which asking again makes sense.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0", Examples = [2] },
        },
        ["WWW-Authenticate"] = Header("How a developer key can be sent, beside X-Api-Key.", "Bearer"),
    };

    /// <summary>The names of the headers that an operation's answer with that status may have.</summary>
    public static IEnumerable<string> Of(ApiOperation operation, int status)
    {
        string[] all = ["Cache-Control", "RateLimit", "RateLimit-Policy"];
        return all.Concat(status switch
        {
            StatusCodes.Status201Created => HasETag(operation) ? ["ETag", "Location"] : ["Location"],
            StatusCodes.Status200OK => HasETag(operation) ? ["ETag"]
                : operation.TextExamples.ContainsKey(ExportFormat.Csv.MediaType) ? ["Content-Disposition"]
                : operation.TextExamples.Count > 0 ? ["Content-Encoding"] : [],
            StatusCodes.Status304NotModified or StatusCodes.Status412PreconditionFailed => ["ETag"],
            StatusCodes.Status401Unauthorized => ["WWW-Authenticate"],
            StatusCodes.Status405MethodNotAllowed => ["Allow"],
            StatusCodes.Status409Conflict => operation.Parameters.Contains(ApiParameter.IdempotencyKey) ? ["Retry-After"] : [],
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => ["Retry-After"],
            _ => Array.Empty<string>(),
        });
    }

    private static bool HasETag(ApiOperation operation) => operation.Result == typeof(LinkBody);

    private static OpenApiHeader Header(string description, string example, string? pattern = null, bool isRequired = true) => new()
    {
        Description = description,
        Required = isRequired,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern, Examples = [example] },
    };
}
