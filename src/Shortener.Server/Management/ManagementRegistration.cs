using System.Text.Json.Serialization;
using Shortener.Core.Destinations;
using Shortener.Core.Links;
using Shortener.Server.Hosting;
using Shortener.Server.Management.Documentation;
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
        var listening = ListenAddresses.Of(builder.Configuration).SelectMany(ListenAddresses.NamesOf);
        var own = Origins(options.OwnHosts.Select(host => $"http://{host}").Concat(listening).Append(server.PublicUrl));
        var blocked = Origins(options.BlockedHosts.Select(host => $"http://{host}")).Select(origin => origin.Host);
        var destinations = new DestinationPolicy(options.MaxUrlLength, own, blocked);
        var rules = new LinkRuleSettings(options.DefaultLifetime, options.MaxLifetime, options.DefaultRedirectStatus);
        // The documentation derives the bodies' schemas from these: numbers are numbers, not strings.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
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
            .Describe(ApiOperation.CreateLink);
        api.MapGet("/links", Call(links.ListAsync))
            .Describe(ApiOperation.ListLinks);
        api.MapGet("/links/{alias}", (HttpContext context, string alias) => links.GetAsync(context, alias))
            .Describe(ApiOperation.GetLink);
        api.MapPut("/links/{alias}", (HttpContext context, string alias) => links.PutAsync(context, alias))
            .Describe(ApiOperation.ReplaceLink);
        api.MapPatch("/links/{alias}", (HttpContext context, string alias) => links.PatchAsync(context, alias))
            .Describe(ApiOperation.PatchLink);
        api.MapDelete("/links/{alias}", (HttpContext context, string alias) => links.DeleteAsync(context, alias))
            .Describe(ApiOperation.DeleteLink);

        api.MapPost("/keys", Call(context => post.RunAsync(context, (body, _) => keys.CreateAsync(context, body))))
            .Describe(ApiOperation.CreateKey);
        api.MapGet("/keys", Call(keys.ListAsync))
            .Describe(ApiOperation.ListKeys);
        api.MapDelete("/keys/{id}", (HttpContext context, string id) => keys.RevokeAsync(context, id))
            .Describe(ApiOperation.RevokeKey);
    }

    /// <summary>A handler whose answer is written; as a RequestDelegate it would be dropped.</summary>
    private static Delegate Call(Func<HttpContext, Task<Answer>> handler) => handler;

    /// <summary>Hosts as the WHATWG standard writes them; wildcards to listen on name no host and are left out.</summary>
    private static IEnumerable<OwnOrigin> Origins(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            if (DestinationUrl.TryParse(url, out var parsed) == DestinationError.None) yield return new OwnOrigin(parsed!.Host, parsed.Port);
        }
    }
}
