using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Links;
using Shortener.Server.Management;
using Shortener.Server.Management.Documentation;
using Shortener.Server.Problems;

namespace Shortener.Tests.Server.Docs;

public sealed class OpenApiTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task The_document_has_every_route_and_no_other()
    {
        var document = await ApiDocument.ReadAsync(shared.Client);
        Assert.StartsWith("3.1.", document.Root.GetProperty("openapi").GetString());
        var documented = document.Operations.Select(operation => operation.Name);
        var mapped = Routes().Where(route => route.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD")
                .Select(method => $"{method} {route.RoutePattern.RawText}"));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_document_that_is_not_there_is_a_problem_as_elsewhere() =>
        (await shared.Client.ReadAsync("/openapi/v2.json")).ExpectProblem(System.Net.HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task Every_operation_has_a_summary_its_scope_examples_and_its_problems()
    {
        foreach (var operation in (await ApiDocument.ReadAsync(shared.Client)).Operations)
        {
            Assert.NotEmpty(operation.Json.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.Json.GetProperty("operationId").GetString()!);
            Assert.Contains("scope", operation.Json.GetProperty("description").GetString(), StringComparison.Ordinal);
            Assert.All(operation.RequestMedia, media => Assert.True(media.TryGetProperty("example", out _), operation.Name));
            Assert.All(
                operation.Path.Split('/').Where(segment => segment.StartsWith('{')),
                segment => Assert.Contains(operation.Parameters, parameter => $"{{{parameter.GetProperty("name").GetString()}}}" == segment));
            foreach (var response in operation.Responses)
            {
                Assert.NotEmpty(response.Value.GetProperty("description").GetString()!);
                var member = response.Name.StartsWith('2') ? "example" : "examples";
                Assert.All(DocumentedOperation.MediaOf(response.Value), media => Assert.True(media.TryGetProperty(member, out _), operation.Name));
                Assert.Equal(response.Name is "204" or "304", !response.Value.TryGetProperty("content", out _));
            }

            foreach (var status in new[] { "401", "403", "405", "429", "500", "503" })
                Assert.Contains(operation.Responses, response => response.Name == status);
        }
    }

    [Fact]
    public async Task Every_problem_of_the_api_is_documented_with_its_type()
    {
        var text = (await ApiDocument.ReadAsync(shared.Client)).Root.GetRawText();
        // An answer of visits alone.
        foreach (var problem in ProblemType.All.Except([ProblemType.LinkExpired]))
            Assert.Contains($"\"{problem.Uri}\"", text, StringComparison.Ordinal);
        Assert.Equal(ProblemType.All.Count, ProblemType.All.Select(problem => problem.Code).Distinct().Count());
        var fields = typeof(ProblemType).GetFields().Where(field => field.FieldType == typeof(ProblemType)).Select(field => field.GetValue(null));
        Assert.Equal(fields.Count(), ProblemType.All.Intersect(fields.Cast<ProblemType>()).Count());
    }

    [Fact]
    public void The_documented_fields_are_those_that_are_read()
    {
        using var unknown = JsonDocument.Parse("""{"nosuchfield":1}""");
        var told = Assert.Single(LinkRequest.Read(unknown.RootElement).Unreadable).Message;
        var read = told[(told.IndexOf("there are ", StringComparison.Ordinal) + 10)..].TrimEnd('.').Split(", ");
        foreach (var input in new[] { typeof(LinkInput), typeof(LinkReplacement), typeof(LinkPatch) })
        {
            var documented = input.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            Assert.Equal(documented.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        }

        using var sentBack = JsonDocument.Parse("""{"shortUrl":"x","createdAt":"x","updatedAt":"x","version":1,"visits":{}}""");
        Assert.Empty(LinkRequest.Read(sentBack.RootElement).Unreadable);
    }

    [Fact]
    public async Task The_examples_of_requests_are_accepted()
    {
        var document = await ApiDocument.ReadAsync(shared.Client);
        var made = await shared.Client.MakeAsync(document.Operation("POST /api/v1/links").RequestExample.GetRawText());
        made.Expect(System.Net.HttpStatusCode.Created);
        foreach (var method in new[] { "PUT", "PATCH" })
        {
            var example = document.Operation($"{method} /api/v1/links/{{alias}}").RequestExample.GetRawText();
            (await shared.Client.OfLinkAsync(method, made.StringOf("alias")!, example)).Expect(System.Net.HttpStatusCode.OK);
        }
    }

    [Fact]
    public void The_first_segment_of_every_route_is_reserved()
    {
        // Alone in the table below: what middleware serves without a route.
        var segments = Routes().Select(route => route.RoutePattern.RawText!.TrimStart('/').Split('/')[0]).Where(segment => segment.Length > 0).Append("docs").ToHashSet();
        Assert.True(segments.IsSupersetOf(["api", "openapi", "metrics", "health"]));
        Assert.All(segments, segment => Assert.True(ReservedAliases.Contains(segment), segment));
    }

    private IEnumerable<RouteEndpoint> Routes() => shared.Running.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
