using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Shortener.Core.Links;

namespace Shortener.Server.Management.Documentation;

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">Where in the request it is.</param>
/// <param name="Description">What it does.</param>
/// <param name="Example">A value.</param>
/// <param name="Schema">What values there may be; null: any text.</param>
public sealed partial record ApiParameter(
    string Name, ParameterLocation In, string Description, JsonNode Example, Func<OpenApiSchema>? Schema = null)
{
    /// <summary>The alias in the path.</summary>
    public static readonly ApiParameter Alias =
        new("alias", ParameterLocation.Path, "Which link.", "launch", FieldSchemas.Alias);

    /// <summary>The key's id in the path.</summary>
    public static readonly ApiParameter KeyId = new("id", ParameterLocation.Path, "Which developer key.", "4fT0aZk2LmQ9");

    /// <summary>Makes a POST repeatable.</summary>
    public static readonly ApiParameter IdempotencyKey = new(
        "Idempotency-Key", ParameterLocation.Header,
        "Names the request, so that it can be repeated: the same key and body get the same answer for "
        + $"{IdempotentPost.Kept.TotalHours:0} hours.",
        "0191e0c2-5b1c-7e3a-9c1d-2f6d1a7c8b90",
        () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotentPost.MaxKeyLength });

    /// <summary>A condition on changes.</summary>
    public static readonly ApiParameter IfMatch =
        new("If-Match", ParameterLocation.Header, "The ETag that the link must still have.", "\"1\"");

    /// <summary>A condition on reading.</summary>
    public static readonly ApiParameter IfNoneMatch =
        new("If-None-Match", ParameterLocation.Header,
            "Answer 304 if the link still has this ETag, however often it was visited since.", "\"1\"");

    /// <summary>The size of a page.</summary>
    public static readonly ApiParameter Limit = new(
        "limit", ParameterLocation.Query, "The most items on the page.", PageLimit.Default,
        PageSize);

    /// <summary>Where a page begins.</summary>
    public static readonly ApiParameter Cursor =
        new("cursor", ParameterLocation.Query, "The nextCursor of the page before.", "MTc2MzcyNjQwMDAwMCBsYXVuY2g");

    /// <summary>Filters links by tag.</summary>
    public static readonly ApiParameter Tag = new("tag", ParameterLocation.Query, "Only links with this tag.", "autumn");

    /// <summary>Filters links by state.</summary>
    public static readonly ApiParameter State = new(
        "state", ParameterLocation.Query,
        "Only links in this state. A page may then be short, even empty, while nextCursor says that there is more.",
        LinkStates.NameOf(LinkState.Active), FieldSchemas.State);

    /// <summary>Filters keys by owner.</summary>
    public static readonly ApiParameter Owner = new("owner", ParameterLocation.Query, "Only keys of this owner.", "default");

    private static OpenApiSchema PageSize() => new()
    {
        Type = JsonSchemaType.Integer, Minimum = PageLimit.Min.ToString(CultureInfo.InvariantCulture),
        Maximum = PageLimit.Max.ToString(CultureInfo.InvariantCulture), Default = PageLimit.Default,
    };

    /// <summary>The parameter in the document.</summary>
    public OpenApiParameter Describe()
    {
        var schema = Schema?.Invoke() ?? new OpenApiSchema { Type = JsonSchemaType.String };
        schema.Examples = [Example.DeepClone()];
        return new OpenApiParameter
        {
            Name = Name, In = In, Description = Description, Required = In == ParameterLocation.Path, Schema = schema,
        };
    }
}
