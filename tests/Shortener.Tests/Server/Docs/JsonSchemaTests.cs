using System.Text.Json;

namespace Shortener.Tests.Server.Docs;

public sealed class JsonSchemaTests
{
    private const string Person =
        """{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"age":{"$ref":"#/age"}},"patternProperties":{"^x-":{}},"additionalProperties":false}""";

    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":["null","integer"]}""", "1.0", "1.5")]
    [InlineData("""{"type":["null","integer"]}""", "null", "\"1\"")]
    [InlineData("""{"type":"boolean"}""", "true", "null")]
    [InlineData("""{"enum":["a",1,null]}""", "null", "\"b\"")]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"\ud83d\ude00\ud83d\ude00\ud83d\ude00\"", "\"\ud83d\ude00\"")]
    [InlineData("""{"maxLength":3}""", "1234", "\"1234\"")]
    [InlineData("""{"pattern":"^[a-z]*$"}""", "\"abc\"", "\"abc\\n\"")]
    [InlineData("""{"minimum":1,"maximum":2}""", "2", "3")]
    [InlineData("""{"minimum":1,"maximum":2}""", "1", "0")]
    [InlineData("""{"minItems":1,"maxItems":2,"items":{"type":"string"}}""", """["a"]""", "[]")]
    [InlineData("""{"minItems":1,"maxItems":2,"items":{"type":"string"}}""", """["a","b"]""", """["a","b","c"]""")]
    [InlineData("""{"items":{"type":"string"}}""", "[]", """["a",1]""")]
    [InlineData("""{"format":"int32"}""", "2147483647", "2147483648")]
    [InlineData("""{"format":"int64"}""", "2147483648", "9223372036854775808")]
    [InlineData("""{"format":"date-time"}""", "\"2030-01-31T12:00:00.5+01:00\"", "\"2030-02-31T12:00:00Z\"")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"a":"b"}""", """{"a":1}""")]
    [InlineData(Person, """{"name":"a","age":1,"x-y":2}""", """{"age":1}""")]
    [InlineData(Person, """{"name":"a"}""", """{"name":"a","age":-1}""")]
    [InlineData(Person, """{"name":"a"}""", """{"name":"a","other":1}""")]
    public void What_a_schema_allows_passes_and_what_it_does_not_is_told(string schema, string right, string wrong)
    {
        Assert.Empty(Errors(schema, right));
        Assert.NotEmpty(Errors(schema, wrong));
    }

    [Theory]
    [InlineData("""{"multipleOf":2}""")]
    [InlineData("""{"format":"hostname"}""")]
    [InlineData("""{"properties":{"a":{"oneOf":[]}}}""")]
    public void What_is_not_checked_does_not_pass(string schema) => Assert.NotEmpty(Errors(schema, """{"a":1}"""));

    [Fact]
    public void A_closed_check_finds_members_that_an_open_schema_allows()
    {
        const string open = """{"properties":{"a":{"properties":{}}}}""";
        Assert.Empty(Errors(open, """{"a":{"b":1}}"""));
        Assert.NotEmpty(Errors(open, """{"a":{"b":1}}""", isClosed: true));
        Assert.Empty(Errors(open, """{"a":{}}""", isClosed: true));
    }

    private static IReadOnlyList<string> Errors(string schema, string value, bool isClosed = false)
    {
        using var document = JsonDocument.Parse("""{"age":{"minimum":0}}""");
        using var parsed = JsonDocument.Parse(schema);
        using var given = JsonDocument.Parse(value);
        return JsonSchema.Errors(document.RootElement, parsed.RootElement, given.RootElement, isClosed);
    }
}
