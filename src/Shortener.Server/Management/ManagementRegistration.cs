using Shortener.Core.Destinations;
using Shortener.Core.Links;
using Shortener.Server.Hosting;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>The REST API: its services and its routes.</summary>
public static class ManagementRegistration
{
    /// <summary>Where the API begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>Registers what the API needs.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">What a link may be.</param>
    /// <param name="server">Where the service is reached.</param>
    public static void AddManagement(this WebApplicationBuilder builder, LinkOptions options, ServerOptions server)
    {
        var listening = builder.Configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var own = options.OwnHosts.Select(host => $"http://{host}").Concat(listening).Append(server.PublicUrl);
        var destinations = new DestinationPolicy(options.MaxUrlLength, Origins(own), Origins(Hosts(options)).Select(origin => origin.Host));
        var rules = new LinkRuleSettings(options.DefaultLifetime, options.MaxLifetime, options.DefaultRedirectStatus);
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(new LinkRules(destinations, rules));
        builder.Services.AddSingleton<LinkService>();
        builder.Services.AddSingleton<LinkEndpoints>();
        builder.Services.AddSingleton<KeyEndpoints>();
        builder.Services.AddSingleton<IdempotentPost>();
    }

    /// <summary>Maps the API's routes.</summary>
    public static void MapManagement(this WebApplication app)
    {
        var post = app.Services.GetRequiredService<IdempotentPost>();
        var links = app.Services.GetRequiredService<LinkEndpoints>();
        var keys = app.Services.GetRequiredService<KeyEndpoints>();
        var api = app.MapGroup(Root);

        api.MapPost("/links", Call(context => post.RunAsync(context, (body, attempt) => links.CreateAsync(context, body, attempt))))
            .Describe("createLink", "Makes a link", "create");
        api.MapGet("/links", Call(links.ListAsync))
            .Describe("listLinks", "Lists your links, newest first", "read");
        api.MapGet("/links/{alias}", (HttpContext context, string alias) => links.GetAsync(context, alias))
            .Describe("getLink", "Shows a link", "read");
        api.MapPut("/links/{alias}", (HttpContext context, string alias) => links.PutAsync(context, alias))
            .Describe("replaceLink", "Replaces a link; fields left out go back to their defaults", "manage");
        api.MapPatch("/links/{alias}", (HttpContext context, string alias) => links.PatchAsync(context, alias))
            .Describe("patchLink", "Changes the fields given (RFC 7396)", "manage");
        api.MapDelete("/links/{alias}", (HttpContext context, string alias) => links.DeleteAsync(context, alias))
            .Describe("deleteLink", "Deletes a link", "manage");

        api.MapPost("/keys", Call(context => post.RunAsync(context, (body, _) => keys.CreateAsync(context, body))))
            .Describe("createKey", "Makes a developer key; its secret is in this answer only", "admin");
        api.MapGet("/keys", Call(keys.ListAsync))
            .Describe("listKeys", "Lists the developer keys, newest first", "admin");
        api.MapDelete("/keys/{id}", (HttpContext context, string id) => keys.RevokeAsync(context, id))
            .Describe("revokeKey", "Revokes a developer key", "admin");
    }

    /// <summary>A handler whose answer is written; as a RequestDelegate it would be dropped.</summary>
    private static Delegate Call(Func<HttpContext, Task<Answer>> handler) => handler;

    private static void Describe(this RouteHandlerBuilder endpoint, string name, string summary, string scope) =>
        endpoint.WithName(name).WithSummary(summary).RequireAuthorization(scope);

    private static IEnumerable<string> Hosts(LinkOptions options) => options.BlockedHosts.Select(host => $"http://{host}");

    /// <summary>Hosts as the WHATWG standard writes them; wildcards to listen on name no host and are left out.</summary>
    private static IEnumerable<OwnOrigin> Origins(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            if (DestinationUrl.TryParse(url, out var parsed) == DestinationError.None) yield return new OwnOrigin(parsed!.Host, parsed.Port);
        }
    }
}
