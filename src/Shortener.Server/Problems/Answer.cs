using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Shortener.Server.Problems;

/// <summary>
/// A whole answer of the API, ready to send, to keep and to send again: status, body and the headers that belong to it.
/// </summary>
public sealed record Answer(int Status, string? ContentType = null, byte[]? Body = null) : IResult
{
    /// <summary>Where the new thing is.</summary>
    public string? Location { get; init; }

    /// <summary>The entity tag of the body.</summary>
    public string? ETag { get; init; }

    /// <summary>Seconds after which asking again makes sense.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>An answer whose body is JSON.</summary>
    public static Answer Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, "application/json; charset=utf-8", Line(value, type));

    /// <summary>An answer that is a problem.</summary>
    public static Answer Problem(
        ProblemType type, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null, string? traceId = null) =>
        new(type.Status, "application/problem+json; charset=utf-8", Line(
            new ProblemBody(type.Uri, type.Title, type.Status, detail, errors, traceId), ProblemJson.Default.ProblemBody));

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (ContentType is not null) response.ContentType = ContentType;
        if (Location is not null) response.Headers.Location = Location;
        if (ETag is not null) response.Headers.ETag = ETag;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Body is null) return Task.CompletedTask;
        response.ContentLength = Body.Length;
        return httpContext.Request.Method == HttpMethods.Head
            ? Task.CompletedTask
            : response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }

    /// <summary>With the end of the line that a terminal needs.</summary>
    private static byte[] Line<T>(T value, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
}
