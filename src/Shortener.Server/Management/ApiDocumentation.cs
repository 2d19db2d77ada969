using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>The OpenAPI document and the page that shows it.</summary>
public static class ApiDocumentation
{
    private const string SecurityScheme = "developerKey";
    private const string BearerScheme = "bearer";

    /// <summary>What any operation may answer with.</summary>
    private static readonly ProblemType[] Everywhere =
    [
        ProblemType.BadRequest, ProblemType.Unauthorized, ProblemType.Forbidden, ProblemType.MethodNotAllowed,
        ProblemType.RequestTimeout, ProblemType.RateLimited, ProblemType.InternalError,
        ProblemType.StoreUnavailable, ProblemType.UnknownOutcome, ProblemType.StorageFull,
    ];

    /// <summary>Registers the document.</summary>
    public static void AddApiDocumentation(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi("v1", document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            // It is the GET beside it, and would have the same operationId.
            document.ShouldInclude = operation => !HttpMethods.IsHead(operation.HttpMethod ?? "");
            document.AddDocumentTransformer((api, _, _) =>
            {
                api.Info = new OpenApiInfo
                {
                    Title = "Shortener",
                    Version = "v1",
                    Description = "Makes short links and manages them. Errors are problem details (RFC 9457) with a stable `type`.",
                };
                api.Components ??= new OpenApiComponents();
                api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [SecurityScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key" },
                    [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
                };
                api.Security =
                [
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, api)] = [] },
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, api)] = [] },
                ];
                return Task.CompletedTask;
            });
            document.AddOperationTransformer(DescribeAsync);
        });

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/docs</c>, whose scripts and styles come from this process too.</summary>
    public static void MapApiDocumentation(this WebApplication app)
    {
        // Not with a parameter for the name: every other name would be answered in plain text.
        app.MapOpenApi("/openapi/v1.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Shortener API";
            page.SwaggerEndpoint("/openapi/v1.json", "Shortener v1");
            page.EnablePersistAuthorization();
        });
    }

    /// <summary>Gives a route the name, scope and documentation of its operation.</summary>
    public static void Describe(this RouteHandlerBuilder route, ApiOperation operation)
    {
        route.WithName(operation.Id).WithSummary(operation.Summary).WithTags(operation.Id.EndsWith("Link", StringComparison.Ordinal)
            || operation.Id.EndsWith("Links", StringComparison.Ordinal) ? "links" : "keys");
        route.RequireAuthorization(operation.Scope).WithMetadata(operation);
        if (operation.Input is { } input) route.Accepts(input, "application/json", operation.FurtherInputTypes);
        route.WithMetadata(operation.Result is { } result
            ? new ProducesResponseTypeMetadata(operation.Success, result, ["application/json"])
            : new ProducesResponseTypeMetadata(operation.Success, typeof(void)));
        if (operation.HasConditionalRead) route.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
        foreach (var status in Everywhere.Concat(operation.Problems).Select(problem => problem.Status).Distinct())
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), ["application/problem+json"]));
    }

    private static Task DescribeAsync(OpenApiOperation described, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var operation = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Single();
        described.Summary = operation.Summary;
        described.Description = $"Needs the scope `{operation.Scope}`.";
        foreach (var body in described.RequestBody?.Content?.Values ?? []) body.Example = operation.InputExample?.DeepClone();
        foreach (var parameter in operation.Parameters)
        {
            (described.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Examples = [JsonValue.Create(parameter.Example)] },
            });
        }

        foreach (var (status, response) in described.Responses ?? [])
        {
            var problems = Everywhere.Concat(operation.Problems)
                .Where(problem => problem.Status.ToString(CultureInfo.InvariantCulture) == status).ToList();
            var content = response.Content?.Values.FirstOrDefault();
            if (problems.Count == 0)
            {
                response.Description = status == "304" ? "The link still has that ETag" : operation.Summary;
                if (content is not null) content.Example = operation.ResultExample?.DeepClone();
                continue;
            }

            response.Description = string.Join(" ", problems.Select(problem => $"`{problem.Code}`: {problem.Title} {problem.Meaning}"));
            content?.Examples = problems.ToDictionary(problem => problem.Code, problem => (IOpenApiExample)new OpenApiExample
            {
                Summary = problem.Title,
                Value = JsonNode.Parse(Answer.Problem(problem).Body),
            });
        }

        return Task.CompletedTask;
    }
}
