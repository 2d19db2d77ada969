using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shortener.Core.Links;

namespace Shortener.Tests.Server.Docs;

/// <summary>What the document says of fields is what the service does: at each bound, and one step beyond.</summary>
public sealed class DocumentedBoundTests
{
    private const string Site = "https://example.com/";

    private const string Link =
        "url.maxLength alias.minLength alias.maxLength alias.pattern expiresAt.format ttl.format ttl.minimum title.maxLength "
        + "title.pattern tags.maxItems tags[].minLength tags[].maxLength tags[].pattern redirectStatus.format redirectStatus.enum "
        + "state.enum";

    private const string Key =
        "name.minLength name.maxLength name.pattern owner.minLength owner.maxLength owner.pattern scopes.minItems scopes[].enum "
        + "expiresAt.format";

    private static readonly string[] NoBounds = ["type", "description", "examples", "items"];

    /// <summary>Of a change only the link's own alias is accepted, whatever its shape.</summary>
    private static readonly string[] Fixed = ["PUT.alias", "PATCH.alias"];

    [Theory]
    [InlineData("POST /api/v1/links")]
    [InlineData("PUT /api/v1/links/{alias}")]
    [InlineData("PATCH /api/v1/links/{alias}")]
    [InlineData("POST /api/v1/keys")]
    public async Task A_field_takes_what_its_schema_allows_and_nothing_beyond(string name)
    {
        await using var server = await RunningServer.StartAsync("Links:MaxUrlLength=300");
        await server.CreateAsync(new { url = Site, alias = "bound" });
        var document = await ApiDocument.ReadAsync(server.Client);
        var operation = document.Operation(name);
        var schema = document.Resolve(operation.RequestSchema);
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(field => field.GetString()!) : [];
        var tried = 0;
        foreach (var field in schema.GetProperty("properties").EnumerateObject())
        {
            foreach (var (value, isAllowed) in Values(field.Name, field.Value, Fixed.Contains($"{operation.Method}.{field.Name}")))
            {
                var body = JsonNode.Parse(operation.RequestExample.GetRawText())!.AsObject();
                body.Remove("alias");
                body[field.Name] = value?.DeepClone();
                await ExpectAsync(body, isAllowed, field.Name);
                tried++;
            }

            var without = JsonNode.Parse(operation.RequestExample.GetRawText())!.AsObject();
            without.Remove("alias");
            without.Remove(field.Name);
            await ExpectAsync(without, !required.Contains(field.Name), field.Name);
        }

        Assert.True(tried > 10);
        await ExpectAsync(new JsonObject { ["nosuchfield"] = 1 }, isAllowed: false, "nosuchfield");

        async Task ExpectAsync(JsonObject body, bool isAllowed, string field)
        {
            Assert.Equal(isAllowed, JsonSchema.Errors(document.Root, schema, JsonSerializer.SerializeToElement(body)).Count == 0);
            var path = operation.Path.Replace("{alias}", "bound", StringComparison.Ordinal);
            var answer = await server.Client.CallAsync(operation.Method, path, body.ToJsonString());
            if (isAllowed != answer.Status < 300) Assert.Fail($"{body.ToJsonString()}: {answer.Status} {answer.Text}");
            if (!isAllowed) Assert.Contains(field, answer.ErrorFields);
        }
    }

    [Theory]
    [InlineData("GET /api/v1/links")]
    [InlineData("GET /api/v1/keys")]
    [InlineData("GET /api/v1/links/{alias}/stats")]
    [InlineData("GET /api/v1/links/{alias}/stats/export")]
    [InlineData("GET /api/v1/links/{alias}/visits")]
    [InlineData("GET /api/v1/stats")]
    [InlineData("GET /api/v1/stats/export")]
    public async Task A_parameter_takes_what_its_schema_allows_and_nothing_beyond(string name)
    {
        await using var server = await RunningServer.StartAsync("Visits:KeepRaw=10");
        await server.CreateAsync(new { url = Site, alias = "bound" });
        var operation = (await ApiDocument.ReadAsync(server.Client)).Operation(name);
        var path = operation.Path.Replace("{alias}", "bound", StringComparison.Ordinal);
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.GetProperty("in").GetString() == "query"))
        {
            var field = parameter.GetProperty("name").GetString()!;
            var values = Values(field, parameter.GetProperty("schema"), isFixed: false);
            foreach (var (value, isAllowed) in values.Where(tried => tried.Value is not null))
            {
                var answer = await server.Client.ReadAsync($"{path}?{field}={value}");
                answer.Expect(isAllowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
            }

            var example = Uri.EscapeDataString($"{parameter.GetProperty("schema").GetProperty("examples")[0]}");
            if (field != "cursor") (await server.Client.ReadAsync($"{path}?{field}={example}")).Expect(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("GET /api/v1/links")]
    [InlineData("GET /api/v1/keys")]
    public async Task A_page_has_the_documented_number_of_items(string name)
    {
        await using var server = await RunningServer.StartAsync();
        var operation = (await ApiDocument.ReadAsync(server.Client)).Operation(name);
        var limit = operation.Parameters.Single(parameter => parameter.GetProperty("name").GetString() == "limit").GetProperty("schema");
        for (var i = 0; i <= limit.GetProperty("default").GetInt32(); i++)
        {
            if (name.EndsWith("links", StringComparison.Ordinal)) await server.CreateAsync(new { url = Site });
            else await server.NewKeyAsync(RunningServer.EveryScope);
        }

        var page = (await server.Client.ReadAsync(operation.Path)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(limit.GetProperty("default").GetInt32(), page.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("components/schemas/LinkInput/properties", Link + " redirectStatus.default")]
    [InlineData("components/schemas/LinkReplacement/properties", Link + " redirectStatus.default")]
    [InlineData("components/schemas/LinkPatch/properties", Link)]
    [InlineData("components/schemas/KeyInput/properties", Key)]
    public async Task No_bound_is_left_out(string path, string bounds)
    {
        await using var server = await RunningServer.StartAsync();
        var document = await ApiDocument.ReadAsync(server.Client);
        var fields = path.Split('/').Aggregate(document.Root, (element, name) => element.GetProperty(name));
        var documented = fields.EnumerateObject().SelectMany(field => BoundsIn(field.Name, field.Value));
        Assert.Equal(bounds.Split(' ').Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET /api/v1/links", "limit.default limit.maximum limit.minimum state.enum")]
    [InlineData("GET /api/v1/links/{alias}/visits", "alias.maxLength alias.minLength alias.pattern limit.default limit.maximum limit.minimum")]
    [InlineData("GET /api/v1/stats",
        "from.pattern to.pattern interval.default interval.enum dimension.default dimension.enum bots.default bots.enum "
        + "timezone.default timezone.pattern limit.default limit.maximum limit.minimum")]
    [InlineData("GET /api/v1/stats/export", "from.pattern to.pattern format.default format.enum")]
    public async Task No_bound_of_a_parameter_is_left_out(string name, string bounds)
    {
        await using var server = await RunningServer.StartAsync();
        var operation = (await ApiDocument.ReadAsync(server.Client)).Operation(name);
        var documented = operation.Parameters.SelectMany(parameter =>
            BoundsIn(parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema")));
        Assert.Equal(bounds.Split(' ').Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_pattern_of_an_alias_and_the_check_agree_on_every_character()
    {
        var schema = JsonSerializer.SerializeToElement(new { pattern = Alias.Pattern });
        for (var i = 0; i <= char.MaxValue; i++)
        {
            if (char.IsSurrogate((char)i)) continue;
            var alias = $"abc{(char)i}";
            Assert.Equal(Alias.IsWellFormed(alias), JsonSchema.Errors(schema, schema, JsonSerializer.SerializeToElement(alias)).Count == 0);
        }
    }

    /// <summary>Values at the bounds of a schema and just beyond, and whether they are allowed.</summary>
    private static IEnumerable<(JsonNode? Value, bool IsAllowed)> Values(string field, JsonElement schema, bool isFixed)
    {
        yield return (null, schema.GetProperty("type").ValueKind == JsonValueKind.Array);
        if (isFixed) yield break;
        foreach (var name in Keyword(schema, "enum")?.EnumerateArray().Where(name => name.ValueKind != JsonValueKind.Null) ?? [])
            yield return (JsonNode.Parse(name.GetRawText()), true);
        if (Keyword(schema, "enum") is { } names)
            yield return (names[0].ValueKind == JsonValueKind.Number ? JsonValue.Create(999) : JsonValue.Create("nosuchname"), false);
        if (Keyword(schema, "minLength")?.GetInt32() is { } min)
        {
            yield return (Text(field, min), true);
            yield return (Text(field, min - 1), false);
        }

        if (Keyword(schema, "maxLength")?.GetInt32() is { } max)
        {
            yield return (Text(field, max), true);
            yield return (Text(field, max + 1), false);
        }

        if (Keyword(schema, "pattern") is not null) yield return ("ab\u0085cd", false);
        if (Keyword(schema, "format")?.GetString() == "date-time") yield return ("tomorrow", false);
        if (Keyword(schema, "minimum")?.GetInt64() is { } least)
        {
            yield return (least, true);
            yield return (least - 1, false);
        }

        if (Keyword(schema, "maximum")?.GetInt64() is { } most)
        {
            yield return (most, true);
            yield return (most + 1, false);
        }

        if (Keyword(schema, "minItems") is not null) yield return (new JsonArray(), false);
        if (Keyword(schema, "maxItems")?.GetInt32() is { } count)
        {
            yield return (Different(count), true);
            yield return (Different(count + 1), false);
        }

        if (Keyword(schema, "items") is not { } items) yield break;
        foreach (var (item, isAllowed) in Values(field, items, isFixed: false)) yield return (new JsonArray(item), isAllowed);
    }

    private static IEnumerable<string> BoundsIn(string name, JsonElement schema) =>
        schema.EnumerateObject().Where(keyword => !NoBounds.Contains(keyword.Name)).Select(keyword => $"{name}.{keyword.Name}")
            .Concat(Keyword(schema, "items") is { } items ? BoundsIn($"{name}[]", items) : []);

    private static JsonElement? Keyword(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value : null;

    private static string Text(string field, int length) =>
        field == "url" ? Site + new string('a', length - Site.Length) : new string('a', length);

    private static JsonArray Different(int count) => [.. Enumerable.Range(0, count).Select(i => (JsonNode)$"tag {i}")];
}
