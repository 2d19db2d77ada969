using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shortener.Tests.Server;

/// <summary>An answer of the API, read to its end.</summary>
internal sealed record ApiAnswer(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    /// <summary>A link without its visits, which answers to changes leave out.</summary>
    public string LinkText
    {
        get
        {
            var link = JsonNode.Parse(Bytes)!.AsObject();
            link.Remove("visits");
            return link.ToJsonString();
        }
    }

    public string? Location => Header("Location");

    public string? ETag => Header("ETag");

    public string? Header(string name) =>
        Headers.NonValidated.TryGetValues(name, out var values) || ContentHeaders.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;

    public string? StringOf(string field) => Json.GetProperty(field).GetString();

    /// <summary>The end of the problem's type; fails the test unless the whole answer is a proper problem.</summary>
    public string ProblemCode
    {
        get
        {
            const string prefix = "urn:shortener:problem:";
            Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
            Assert.Equal(Status, Json.GetProperty("status").GetInt32());
            Assert.NotEmpty(Json.GetProperty("title").GetString()!);
            Assert.StartsWith(prefix, Json.GetProperty("type").GetString());
            return Json.GetProperty("type").GetString()![prefix.Length..];
        }
    }

    /// <summary>The fields that the problem complains of, in order.</summary>
    public string[] ErrorFields =>
        [.. Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)];

    public string ErrorOf(string field) => Json.GetProperty("errors").GetProperty(field)[0].GetString()!;

    /// <summary>Fails the test, showing the body, unless the status is this.</summary>
    public ApiAnswer Expect(HttpStatusCode status)
    {
        if ((int)status != Status) Assert.Fail($"Expected {(int)status}, got {Status}: {Text}");
        return this;
    }

    public void ExpectProblem(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal(code, ProblemCode);
    }

    public void ExpectInvalid(params string[] fields)
    {
        ExpectProblem(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Equal(fields.Order(StringComparer.Ordinal), ErrorFields);
    }
}

/// <summary>Calls of the API in a line each.</summary>
internal static class Api
{
    public const string Links = "/api/v1/links";
    public const string Keys = "/api/v1/keys";

    /// <summary>A body is sent as it is where it is text or bytes, else as JSON; a header is "Name: value".</summary>
    public static async Task<ApiAnswer> CallAsync(
        this HttpClient client, string method, string path, object? body = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(
                body as byte[] ?? (body is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(body)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var header in headers)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name == "Content-Type") request.Content!.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        return new ApiAnswer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsByteArrayAsync());
    }

    public static Task<ApiAnswer> ReadAsync(this HttpClient client, string path, params string[] headers) =>
        client.CallAsync("GET", path, null, headers);

    public static Task<ApiAnswer> MakeAsync(this HttpClient client, object body, params string[] headers) =>
        client.CallAsync("POST", Links, body, headers);

    public static Task<ApiAnswer> OfLinkAsync(
        this HttpClient client, string method, string alias, object? body = null, params string[] headers) =>
        client.CallAsync(method, $"{Links}/{alias}", body, headers);
}
