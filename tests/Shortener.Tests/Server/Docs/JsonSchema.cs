using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shortener.Tests.Server.Docs;

/// <summary>
/// JSON Schema (draft 2020-12) as far as the API's document uses it. A keyword or format that is not known here is an error
/// like any other: what is not checked must not pass.
/// </summary>
/// <param name="document">What references point into.</param>
/// <param name="isClosed">Whether members that no schema names are errors even where the schema allows them.</param>
internal sealed class JsonSchema(JsonElement document, bool isClosed = false)
{
    private static readonly string[] Annotations = ["description", "default", "examples", "title"];

    private readonly List<string> _errors = [];

    /// <summary>What is wrong with <paramref name="value"/> by <paramref name="schema"/>; empty: nothing.</summary>
    public static IReadOnlyList<string> Errors(JsonElement document, JsonElement schema, JsonElement value, bool isClosed = false)
    {
        var validator = new JsonSchema(document, isClosed);
        validator.Check(schema, value, "$");
        return validator._errors;
    }

    /// <summary>The element that a JSON pointer such as <c>#/components/schemas/Link</c> leads to, or the element itself.</summary>
    public static JsonElement Resolve(JsonElement document, JsonElement element) =>
        element.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (found, name) => found.GetProperty(name))
            : element;

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Holds(keyword, schema, value, path)) _errors.Add($"{path} is {value.GetRawText()}: {keyword}");
        }

        if (isClosed && value.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("additionalProperties", out _)
            && !schema.TryGetProperty("$ref", out _))
        {
            foreach (var member in Further(schema, value)) _errors.Add($"{path}.{member.Name} is not documented");
        }
    }

    private bool Holds(JsonProperty keyword, JsonElement schema, JsonElement value, string path) => keyword.Name switch
    {
        "$ref" => All(() => Check(Resolve(document, schema), value, path)),
        "type" => Types(keyword.Value).Any(type => IsOfType(value, type)),
        "enum" => keyword.Value.EnumerateArray().Any(name => JsonElement.DeepEquals(name, value)),
        "minLength" => Text(value) is not { } text || text.EnumerateRunes().Count() >= keyword.Value.GetInt32(),
        "maxLength" => Text(value) is not { } text || text.EnumerateRunes().Count() <= keyword.Value.GetInt32(),
        "pattern" => Text(value) is not { } text || Matches(keyword.Value.GetString()!, text),
        "format" => HasFormat(keyword.Value.GetString()!, value),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= keyword.Value.GetDecimal(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= keyword.Value.GetDecimal(),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
        "items" => All(() =>
        {
            foreach (var (i, item) in Items(value).Index()) Check(keyword.Value, item, $"{path}[{i}]");
        }),
        "required" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => All(() =>
        {
            foreach (var member in Members(value).Where(member => keyword.Value.TryGetProperty(member.Name, out _)))
                Check(keyword.Value.GetProperty(member.Name), member.Value, $"{path}.{member.Name}");
        }),
        "patternProperties" => All(() =>
        {
            foreach (var pattern in keyword.Value.EnumerateObject())
            {
                foreach (var member in Members(value).Where(member => Matches(pattern.Name, member.Name)))
                    Check(pattern.Value, member.Value, $"{path}.{member.Name}");
            }
        }),
        "additionalProperties" => keyword.Value.ValueKind == JsonValueKind.False
            ? !Further(schema, value).Any()
            : All(() =>
            {
                foreach (var member in Further(schema, value)) Check(keyword.Value, member.Value, $"{path}.{member.Name}");
            }),
        _ => Annotations.Contains(keyword.Name),
    };

    /// <summary>What these keywords find is recorded where it is found.</summary>
    private static bool All(Action check)
    {
        check();
        return true;
    }

    private static IEnumerable<JsonProperty> Further(JsonElement schema, JsonElement value) => Members(value).Where(member =>
        !(schema.TryGetProperty("properties", out var named) && named.TryGetProperty(member.Name, out _))
        && !(schema.TryGetProperty("patternProperties", out var patterns)
            && patterns.EnumerateObject().Any(pattern => Matches(pattern.Name, member.Name))));

    private static JsonElement.ObjectEnumerator Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => string.Equals(value.ValueKind.ToString(), type, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>In ECMA-262 a <c>$</c> is the very end; in .NET a line break may follow it.</summary>
    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.ECMAScript);

    private static bool HasFormat(string format, JsonElement value) => format switch
    {
        "int32" => value.ValueKind != JsonValueKind.Number || value.TryGetInt32(out _),
        "int64" => value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _),
        "date-time" => Text(value) is not { } text
            || (Matches(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$", text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)),
        _ => false,
    };
}
