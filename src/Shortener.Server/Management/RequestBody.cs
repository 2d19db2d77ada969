using System.Text.Json;
using System.Text.Unicode;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>A request's JSON object, or the problem that there is none.</summary>
public readonly record struct RequestBody(JsonElement Json, ReadOnlyMemory<byte> Bytes, Answer? Problem)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private static readonly string[] JsonTypes = ["application/json", "application/merge-patch+json"];

    /// <summary>Reads the body to its end, within the server's limit.</summary>
    public static async Task<RequestBody> ReadAsync(HttpContext context)
    {
        var mediaType = context.Request.ContentType?.Split(';')[0].Trim();
        if (!JsonTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase))
            return new(default, default, Answer.Problem(ProblemType.UnsupportedMediaType));
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        // The last byte may have been delivered on a socket's thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var bytes = buffer.ToArray();
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        // The parser leaves strings unread, so what is no UTF-8 would only fail in whoever reads them.
        if (!Utf8.IsValid(bytes)) return new(default, bytes, Answer.Problem(ProblemType.InvalidJson, "The body must be UTF-8."));
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(document.RootElement.Clone(), bytes, null)
                : new(default, bytes, Answer.Problem(ProblemType.InvalidJson, "The body must be a JSON object."));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member's name has an escaped lone surrogate, which is JSON but no text.
            return new(default, bytes, Answer.Problem(ProblemType.InvalidJson, failure.Message));
        }
    }
}
