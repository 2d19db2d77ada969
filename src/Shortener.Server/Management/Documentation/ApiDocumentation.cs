using Microsoft.OpenApi;

namespace Shortener.Server.Management.Documentation;

/// <summary>The OpenAPI document and the page that shows it.</summary>
public static class ApiDocumentation
{
    private const string SecurityScheme = "developerKey";
    private const string BearerScheme = "bearer";

    /// <summary>Registers the document.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="links">What a link may be: some bounds in the document are settings.</param>
    public static void AddApiDocumentation(this WebApplicationBuilder builder, LinkOptions links) =>
        builder.Services.AddOpenApi("v1", document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            // It is the GET beside it, and would have the same operationId.
            document.ShouldInclude = operation => !HttpMethods.IsHead(operation.HttpMethod ?? "");
            document.AddDocumentTransformer((api, _, _) =>
            {
                Describe(api);
                return Task.CompletedTask;
            });
            document.AddOperationTransformer(OperationDocumentation.DescribeAsync);
            document.AddSchemaTransformer(new FieldSchemas(links).DescribeAsync);
        });

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/docs</c>, whose scripts and styles come from this process too.</summary>
    public static void MapApiDocumentation(this WebApplication app)
    {
        // Not with a parameter for the name: every other name would be answered in plain text.
        app.MapOpenApi("/openapi/v1.json").WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Shortener API";
            page.SwaggerEndpoint("/openapi/v1.json", "Shortener v1");
            page.EnablePersistAuthorization();
        });
    }

    private static void Describe(OpenApiDocument api)
    {
        api.Info = new OpenApiInfo
        {
            Title = "Shortener",
            Version = "v1",
            Description = "Makes short links and manages them. Errors are problem details (RFC 9457) with a stable `type`.",
        };
        api.Components ??= new OpenApiComponents();
        api.Components.Headers = ApiHeaders.All();
        // Left out or there, but never null, which the framework allows wherever a type may be left out.
        var link = api.Components.Schemas?[nameof(LinkBody)].Properties;
        if (link?["visits"].OneOf is [.., var visits]) link["visits"] = visits;
        api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SecurityScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key",
            },
            [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        api.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, api)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, api)] = [] },
        ];
    }
}
