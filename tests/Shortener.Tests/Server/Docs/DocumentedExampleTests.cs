using System.Text.Json;

namespace Shortener.Tests.Server.Docs;

public sealed class DocumentedExampleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Every_example_is_what_its_schema_describes()
    {
        var document = await ApiDocument.ReadAsync(shared.Client);
        var examples = document.Operations.SelectMany(operation => Examples(document, operation)).ToList();
        Assert.True(examples.Count > 100);
        Assert.All(examples, example => Assert.Equal([], JsonSchema.Errors(document.Root, example.Schema, example.Value, isClosed: true)));
    }

    [Fact]
    public async Task Every_parameter_and_header_has_a_description_and_an_example()
    {
        var document = await ApiDocument.ReadAsync(shared.Client);
        foreach (var operation in document.Operations)
        {
            var described = operation.Parameters.Concat(operation.Responses.SelectMany(response => Headers(document, response.Value)));
            Assert.All(described, part =>
            {
                Assert.NotEmpty(part.GetProperty("description").GetString()!);
                Assert.NotEqual(0, part.GetProperty("schema").GetProperty("examples").GetArrayLength());
            });
        }
    }

    private static IEnumerable<(JsonElement Schema, JsonElement Value)> Examples(ApiDocument document, DocumentedOperation operation)
    {
        var headers = operation.Responses.SelectMany(response => Headers(document, response.Value));
        foreach (var schema in operation.Parameters.Concat(headers).Select(part => part.GetProperty("schema")))
        {
            foreach (var value in schema.GetProperty("examples").EnumerateArray()) yield return (schema, value);
            if (schema.TryGetProperty("default", out var otherwise)) yield return (schema, otherwise);
        }

        var responses = operation.Responses.SelectMany(response => DocumentedOperation.MediaOf(response.Value));
        foreach (var media in operation.RequestMedia.Concat(responses))
        {
            if (media.TryGetProperty("example", out var example)) yield return (media.GetProperty("schema"), example);
            if (!media.TryGetProperty("examples", out var several)) continue;
            foreach (var named in several.EnumerateObject()) yield return (media.GetProperty("schema"), named.Value.GetProperty("value"));
        }
    }

    private static IEnumerable<JsonElement> Headers(ApiDocument document, JsonElement response) =>
        response.GetProperty("headers").EnumerateObject().Select(header => document.Resolve(header.Value));
}
