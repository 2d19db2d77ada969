using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shortener.Core.Links;
using Shortener.Server.Access;
using Shortener.Server.Management.Stats;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Documentation;

/// <summary>
/// What the schemas of bodies say beyond the types of fields: bounds, patterns and names, taken from what the code checks by.
/// </summary>
internal sealed class FieldSchemas(LinkOptions links)
{
    /// <summary>As <see cref="char.IsControl(char)"/> has it, in the syntax that all regular expressions share.</summary>
    private const string NoControlCharacters = @"^[^\x00-\x1F\x7F-\x9F]*$";

    private static readonly Type[] LinkInputs = [typeof(LinkInput), typeof(LinkReplacement), typeof(LinkPatch)];

    /// <summary>Completes the schema of a body.</summary>
    public Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var body = context.JsonTypeInfo.Type;
        foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (field is not OpenApiSchema described) continue;
            if (body == typeof(LinkBody) || LinkInputs.Contains(body)) DescribeOfLink(name, described);
            if (body == typeof(KeyBody) || body == typeof(KeyInput)) DescribeOfKey(name, described);
            if (LinkInputs.Contains(body) && name == "url") described.MaxLength = links.MaxUrlLength;
            if (body == typeof(LinkInput) && name == "state")
                DescribeNames(described, LinkStates.OfNewLinks.Select(state => (JsonNode)state));
            if ((body == typeof(LinkInput) || body == typeof(LinkReplacement)) && name == "redirectStatus")
                described.Default = links.DefaultRedirectStatus;
            if (body == typeof(StatsBody)) DescribeOfStats(name, described);
            // Answers leave out what they need not have.
            if ((body == typeof(KeyBody) || body == typeof(LinkBody) || body == typeof(ProblemBody)) && schema.Required?.Contains(name) is not true)
                described.Type &= ~JsonSchemaType.Null;
        }

        if (body == typeof(KeyInput) || LinkInputs.Contains(body)) schema.AdditionalPropertiesAllowed = false;
        if (LinkInputs.Contains(body))
        {
            schema.PatternProperties = new Dictionary<string, IOpenApiSchema>
            {
                [$"^({string.Join('|', LinkRequest.SentBack)})$"] =
                    new OpenApiSchema { Description = "May be sent back as it was read; it changes nothing." },
            };
        }

        return Task.CompletedTask;
    }

    /// <summary>The schema of an alias.</summary>
    public static OpenApiSchema Alias() => Describe(new OpenApiSchema { Type = JsonSchemaType.String }, DescribeAlias);

    /// <summary>The schema of a state's name.</summary>
    public static OpenApiSchema State() => Describe(new OpenApiSchema { Type = JsonSchemaType.String }, DescribeState);

    /// <summary>The schema of one of some names.</summary>
    public static OpenApiSchema Names(IEnumerable<string> names) =>
        Describe(new OpenApiSchema { Type = JsonSchemaType.String }, field => DescribeNames(field, names.Select(name => (JsonNode)name)));

    private static void DescribeOfLink(string name, OpenApiSchema field)
    {
        switch (name)
        {
            case "alias":
                DescribeAlias(field);
                break;
            case "title":
                DescribeText(field, minLength: null, LinkRules.MaxTitleLength);
                break;
            case "tags":
                field.MaxItems = LinkRules.MaxTags;
                DescribeText((OpenApiSchema)field.Items!, minLength: 1, LinkRules.MaxTagLength);
                break;
            case "redirectStatus":
                DescribeNames(field, LinkRules.RedirectStatuses.Select(status => (JsonNode)status));
                break;
            case "state":
                DescribeState(field);
                break;
            case "ttl":
                field.Minimum = LinkRules.MinTtl.ToString(CultureInfo.InvariantCulture);
                break;
        }
    }

    private static void DescribeOfKey(string name, OpenApiSchema field)
    {
        switch (name)
        {
            case "name" or "owner":
                DescribeText(field, minLength: 1, KeyEndpoints.MaxNameLength);
                break;
            case "scopes":
                field.MinItems = 1;
                DescribeNames((OpenApiSchema)field.Items!, AccessRegistration.ScopeNames.Keys.Select(scope => (JsonNode)scope));
                break;
        }
    }

    private static void DescribeOfStats(string name, OpenApiSchema field)
    {
        var names = name switch
        {
            "interval" => StatsNames.Intervals.Keys,
            "dimension" => StatsNames.Dimensions.Keys,
            "bots" => StatsNames.Bots.Keys,
            _ => Array.Empty<string>().AsEnumerable(),
        };
        if (names.Any()) DescribeNames(field, names.Select(known => (JsonNode)known));
    }

    private static void DescribeAlias(OpenApiSchema field) => (field.MinLength, field.MaxLength, field.Pattern) =
        (Core.Links.Alias.MinLength, Core.Links.Alias.MaxLength, Core.Links.Alias.Pattern);

    private static void DescribeText(OpenApiSchema field, int? minLength, int maxLength) =>
        (field.MinLength, field.MaxLength, field.Pattern) = (minLength, maxLength, NoControlCharacters);

    private static void DescribeState(OpenApiSchema field) =>
        DescribeNames(field, LinkStates.ByName.Keys.Select(name => (JsonNode)name));

    /// <summary>What may be null is in the list as well: an enum leaves out whatever it does not name.</summary>
    private static void DescribeNames(OpenApiSchema field, IEnumerable<JsonNode> names) =>
        field.Enum = field.Type?.HasFlag(JsonSchemaType.Null) is true ? [.. names, JsonNullSentinel.JsonNull] : [.. names];

    private static OpenApiSchema Describe(OpenApiSchema schema, Action<OpenApiSchema> describe)
    {
        describe(schema);
        return schema;
    }
}
