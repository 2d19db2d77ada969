using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Documentation;

/// <summary>Carries an <see cref="ApiOperation"/> to its route, and from there into the document.</summary>
public static class OperationDocumentation
{
    /// <summary>Gives a route the name, scope and documentation of its operation.</summary>
    public static void Describe(this RouteHandlerBuilder route, ApiOperation operation)
    {
        var tag = operation.Id.EndsWith("Stats", StringComparison.Ordinal) || operation.Id.EndsWith("Visits", StringComparison.Ordinal)
            ? "stats"
            : operation.Id.EndsWith("Visits", StringComparison.Ordinal) ? "visits"
            : operation.Id.Contains("Link", StringComparison.Ordinal) ? "links" : "keys";
        route.WithName(operation.Id).WithSummary(operation.Summary).WithTags(tag);
        route.RequireAuthorization(operation.Scope).WithMetadata(operation);
        if (operation.Input is { } input) route.Accepts(input, "application/json", operation.FurtherInputTypes);
        route.WithMetadata(operation.Result is { } result
            ? new ProducesResponseTypeMetadata(
                operation.Success, result, operation.TextExamples.Count == 0 ? ["application/json"] : [.. operation.TextExamples.Keys])
            : new ProducesResponseTypeMetadata(operation.Success, typeof(void)));
        if (operation.HasConditionalRead)
            route.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
        foreach (var status in operation.AllProblems.Select(problem => problem.Status).Distinct().Order())
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), ["application/problem+json"]));
    }

    /// <summary>Completes what the framework has put into the document for an operation.</summary>
    internal static Task DescribeAsync(
        OpenApiOperation described, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var operation = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Single();
        described.Summary = operation.Summary;
        described.Description = $"Needs the scope `{operation.Scope}`.";
        described.Parameters = [.. operation.Parameters.Select(parameter => parameter.Describe())];
        foreach (var body in described.RequestBody?.Content?.Values ?? []) body.Example = operation.InputExample?.DeepClone();
        foreach (var (code, response) in described.Responses ?? [])
        {
            var status = int.Parse(code, CultureInfo.InvariantCulture);
            var problems = operation.AllProblems.Where(problem => problem.Status == status).ToList();
            if (problems.Count == 0) DescribeSuccess(response, operation, status);
            else DescribeProblems(response, problems);
            ((OpenApiResponse)response).Headers = ApiHeaders.Of(operation, status).ToDictionary(
                name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, context.Document));
        }

        return Task.CompletedTask;
    }

    private static void DescribeSuccess(IOpenApiResponse response, ApiOperation operation, int status)
    {
        response.Description = status == StatusCodes.Status304NotModified ? "The link still has that ETag" : operation.Summary;
        foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            content.Example = operation.TextExamples.TryGetValue(type, out var text) ? text : operation.ResultExample?.DeepClone();
    }

    private static void DescribeProblems(IOpenApiResponse response, IReadOnlyList<ProblemType> problems)
    {
        response.Description = string.Join(" ", problems.Select(problem => $"`{problem.Code}`: {problem.Title} {problem.Meaning}"));
        foreach (var content in response.Content?.Values ?? [])
        {
            content.Examples = problems.ToDictionary(problem => problem.Code, problem => (IOpenApiExample)new OpenApiExample
            {
                Summary = problem.Title,
                Value = JsonNode.Parse(Answer.Problem(problem).Body),
            });
        }
    }
}
