using System.Text.Json.Serialization;

namespace Shortener.Server.Problems;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Type">Stable: <c>urn:shortener:problem:</c> and a code.</param>
/// <param name="Title">The same for every problem of the type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Errors">What is wrong, by field or parameter name.</param>
/// <param name="TraceId">Finds the request in the log.</param>
public sealed record ProblemBody(
    string Type, string Title, int Status, string? Detail = null, IReadOnlyDictionary<string, string[]>? Errors = null,
    string? TraceId = null);

/// <summary>How problems are written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemBody))]
public sealed partial class ProblemJson : JsonSerializerContext;
