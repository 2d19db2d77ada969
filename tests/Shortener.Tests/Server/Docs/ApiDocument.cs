using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Docs;

/// <summary>An operation of the document.</summary>
internal sealed record DocumentedOperation(string Method, string Path, JsonElement Json)
{
    public string Name => $"{Method} {Path}";

    public bool HasBody => Json.TryGetProperty("requestBody", out _);

    public IEnumerable<JsonElement> RequestMedia => HasBody ? MediaOf(Json.GetProperty("requestBody")) : [];

    public JsonElement RequestSchema => RequestMedia.First().GetProperty("schema");

    public JsonElement RequestExample => RequestMedia.First().GetProperty("example");

    public IEnumerable<JsonElement> Parameters =>
        Json.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    public IEnumerable<JsonProperty> Responses => Json.GetProperty("responses").EnumerateObject();

    public static IEnumerable<JsonElement> MediaOf(JsonElement body) =>
        body.TryGetProperty("content", out var content) ? content.EnumerateObject().Select(media => media.Value) : [];
}

/// <summary>The OpenAPI document as it is served, and what it says of an answer.</summary>
internal sealed class ApiDocument(JsonElement root)
{
    /// <summary>Of HTTP, not of the API; Pragma and Expires say to HTTP/1.0 what Cache-Control says.</summary>
    private static readonly string[] Undocumented =
        ["Connection", "Content-Length", "Content-Type", "Date", "Expires", "Pragma", "Transfer-Encoding"];

    private static readonly StringComparer AnyCase = StringComparer.OrdinalIgnoreCase;

    public JsonElement Root => root;

    public IReadOnlyList<DocumentedOperation> Operations { get; } =
    [
        .. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(member => member.Name != "parameters")
            .Select(operation => new DocumentedOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
    ];

    public static async Task<ApiDocument> ReadAsync(HttpClient client) =>
        new((await client.ReadAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json);

    public DocumentedOperation Operation(string name) => Operations.Single(operation => operation.Name == name);

    public JsonElement Resolve(JsonElement element) => JsonSchema.Resolve(root, element);

    /// <summary>In what an answer is not as documented; empty: in nothing.</summary>
    public IReadOnlyList<string> Faults(DocumentedOperation operation, ApiAnswer answer)
    {
        if (!operation.Json.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
            return [$"{answer.Status} is not documented"];
        return [.. FaultsOfBody(response, answer), .. FaultsOfHeaders(response, answer)];
    }

    private IEnumerable<string> FaultsOfBody(JsonElement response, ApiAnswer answer)
    {
        if (!response.TryGetProperty("content", out var content)) return answer.Bytes.Length == 0 ? [] : ["there is a body"];
        return content.TryGetProperty(answer.ContentHeaders.ContentType?.MediaType ?? "", out var media)
            ? JsonSchema.Errors(root, media.GetProperty("schema"), BodyOf(answer), isClosed: true)
            : [$"the body is of type {answer.ContentHeaders.ContentType}"];
    }

    private IEnumerable<string> FaultsOfHeaders(JsonElement response, ApiAnswer answer)
    {
        var documented = response.TryGetProperty("headers", out var headers)
            ? headers.EnumerateObject().ToDictionary(header => header.Name, header => Resolve(header.Value), AnyCase)
            : [];
        var sent = answer.Headers.NonValidated.Concat(answer.ContentHeaders.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), AnyCase);
        foreach (var (name, value) in sent.Where(header => !Undocumented.Contains(header.Key, AnyCase)))
        {
            if (documented.TryGetValue(name, out var header))
            {
                foreach (var error in JsonSchema.Errors(root, header.GetProperty("schema"), AsJson(header, value)))
                    yield return $"{name}: {error}";
            }
            else
            {
                yield return $"the header {name} is not documented";
            }
        }

        foreach (var (name, _) in documented.Where(header => IsRequired(header.Value) && !sent.ContainsKey(header.Key)))
            yield return $"the header {name} is missing";
    }

    /// <summary>What is no JSON is text, and documented as such.</summary>
    private static JsonElement BodyOf(ApiAnswer answer) =>
        answer.ContentHeaders.ContentType!.MediaType is "application/json" or "application/problem+json"
            ? answer.Json
            : JsonSerializer.SerializeToElement(answer.Text);

    private static bool IsRequired(JsonElement header) =>
        header.TryGetProperty("required", out var required) && required.GetBoolean();

    /// <summary>A header's text as the value that its schema is about.</summary>
    private static JsonElement AsJson(JsonElement header, string value) =>
        header.GetProperty("schema").GetProperty("type").GetString() == "integer" && long.TryParse(value, out var number)
            ? JsonSerializer.SerializeToElement(number)
            : JsonSerializer.SerializeToElement(value);
}
