using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Access;

public sealed class ScopeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Scopes[] Each = [Scopes.Read, Scopes.Create, Scopes.Manage, Scopes.Admin];

    /// <summary>Every operation but HEAD, which is the GET of the same path; the scope that it needs, and what it answers where that is there.</summary>
    public static TheoryData<string, string, Scopes, int> Operations => new()
    {
        { "POST", "/api/v1/links", Scopes.Create, 201 },
        { "GET", "/api/v1/links", Scopes.Read, 200 },
        { "GET", "/api/v1/links/{alias}", Scopes.Read, 200 },
        { "PUT", "/api/v1/links/{alias}", Scopes.Manage, 200 },
        { "PATCH", "/api/v1/links/{alias}", Scopes.Manage, 200 },
        { "DELETE", "/api/v1/links/{alias}", Scopes.Manage, 204 },
        { "GET", "/api/v1/links/{alias}/visits", Scopes.Read, 409 },
        { "GET", "/api/v1/links/{alias}/visits/live", Scopes.Read, 200 },
        { "GET", "/api/v1/visits/live", Scopes.Read, 200 },
        { "GET", "/api/v1/links/{alias}/stats", Scopes.Read, 200 },
        { "GET", "/api/v1/links/{alias}/stats/export", Scopes.Read, 200 },
        { "GET", "/api/v1/stats", Scopes.Read, 200 },
        { "GET", "/api/v1/stats/export", Scopes.Read, 200 },
        { "POST", "/api/v1/keys", Scopes.Admin, 400 },
        { "GET", "/api/v1/keys", Scopes.Admin, 200 },
        { "GET", "/api/v1/keys/{id}", Scopes.Admin, 404 },
        { "DELETE", "/api/v1/keys/{id}", Scopes.Admin, 404 },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_needs_its_scope_and_no_other(string method, string path, Scopes needed, int status)
    {
        var alias = (await shared.Running.CreateAsync(new { url = "https://example.com/" })).GetProperty("alias").GetString()!;
        var (target, body) = (path.Replace("{alias}", alias, StringComparison.Ordinal), BodyFor(method));
        // These would go on for an hour.
        if (path.EndsWith("/live", StringComparison.Ordinal)) target += "?seconds=1";
        using var allOthers = await ClientWithAsync(RunningServer.EveryScope & ~needed);
        var refused = await allOthers.CallAsync(method, target, body);
        refused.ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains($"'{needed}'", refused.StringOf("detail"), StringComparison.OrdinalIgnoreCase);
        using var justThat = await ClientWithAsync(needed);
        Assert.Equal(status, (await justThat.CallAsync(method, target, body)).Status);
    }

    [Fact]
    public void The_table_has_every_operation()
    {
        var mapped = shared.Running.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD").Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(
            Operations.Select(row => $"{row.Data.Item1} {row.Data.Item2}").Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_a_key_every_operation_is_closed(string method, string path, Scopes needed, int status)
    {
        Assert.True(Each.Contains(needed) && status < 500);
        using var nobody = shared.Running.ClientFor(null);
        var answer = await nobody.CallAsync(method, path.Replace('{', 'x').Replace('}', 'x'), BodyFor(method));
        answer.ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    private async Task<HttpClient> ClientWithAsync(Scopes scopes) => shared.Running.ClientFor(await shared.Running.NewKeyAsync(scopes));

    /// <summary>For keys an empty object: past the scope it is refused for its fields.</summary>
    private static object? BodyFor(string method) => method is "POST" or "PUT" or "PATCH" ? new { url = "https://example.com/" } : null;
}
