using System.Text.Json.Serialization;
using Shortener.Core.Destinations;
using Shortener.Core.Links;
using Shortener.Server.Hosting;
using Shortener.Server.Management.Documentation;
using Shortener.Server.Management.Live;
using Shortener.Server.Management.RawVisits;
using Shortener.Server.Management.Stats;
using Shortener.Server.Telemetry;

namespace Shortener.Server.Management;

/// <summary>The REST API: its services and its routes.</summary>
public static class ManagementRegistration
{
    /// <summary>Where the API begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>HEAD answers as GET does, without the body (RFC 9110, section 9.3.2).</summary>
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Registers what the API needs.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">What a link may be.</param>
    /// <param name="server">What short links begin with.</param>
    /// <param name="own">Where the service is reached.</param>
    /// <param name="visits">How visits are kept.</param>
    public static void AddManagement(
        this WebApplicationBuilder builder, LinkOptions options, ServerOptions server, OwnAddresses own, VisitOptions visits)
    {
        var destinations = new DestinationPolicy(options.MaxUrlLength, own.Origins, options.BlockedHosts.Select(InUrlStandard));
        var rules = new LinkRuleSettings(options.DefaultLifetime, options.MaxLifetime, options.DefaultRedirectStatus);
        // The documentation derives the bodies' schemas from these: numbers are numbers, not strings.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(new LinkRules(destinations, rules));
        builder.Services.AddSingleton<LinkService>();
        builder.Services.AddSingleton<LinkEndpoints>();
        builder.Services.AddSingleton<KeyEndpoints>();
        builder.Services.AddSingleton<StatsEndpoints>();
        builder.Services.AddSingleton(visits);
        builder.Services.AddSingleton<RawVisitEndpoints>();
        builder.Services.AddSingleton<LiveVisitEndpoints>();
        builder.Services.AddSingleton<IdempotentPost>();
    }

    /// <summary>Maps the API's routes.</summary>
    public static void MapManagement(this WebApplication app)
    {
        var post = app.Services.GetRequiredService<IdempotentPost>();
        var links = app.Services.GetRequiredService<LinkEndpoints>();
        var keys = app.Services.GetRequiredService<KeyEndpoints>();
        var stats = app.Services.GetRequiredService<StatsEndpoints>();
        var visits = app.Services.GetRequiredService<RawVisitEndpoints>();
        var live = app.Services.GetRequiredService<LiveVisitEndpoints>();
        var api = app.MapGroup(Root);

        api.MapPost("/links", Call(context => post.RunAsync(context, (body, attempt) => links.CreateAsync(context, body, attempt))))
            .Describe(ApiOperation.CreateLink);
        api.MapMethods("/links", Read, Call(links.ListAsync))
            .Describe(ApiOperation.ListLinks);
        api.MapMethods("/links/{alias}", Read, (HttpContext context, string alias) => links.GetAsync(context, alias))
            .Describe(ApiOperation.GetLink);
        api.MapPut("/links/{alias}", (HttpContext context, string alias) => links.PutAsync(context, alias))
            .Describe(ApiOperation.ReplaceLink);
        api.MapPatch("/links/{alias}", (HttpContext context, string alias) => links.PatchAsync(context, alias))
            .Describe(ApiOperation.PatchLink);
        api.MapDelete("/links/{alias}", (HttpContext context, string alias) => links.DeleteAsync(context, alias))
            .Describe(ApiOperation.DeleteLink);

        api.MapGet("/links/{alias}/visits/live", (HttpContext context, string alias) => live.FollowAsync(context, alias))
            .Describe(ApiOperation.FollowLinkVisits);
        api.MapGet("/visits/live", Call(context => live.FollowAsync(context, alias: null)))
            .Describe(ApiOperation.FollowVisits);
        api.MapMethods("/links/{alias}/stats", Read, (HttpContext context, string alias) => stats.ShowAsync(context, alias))
            .Describe(ApiOperation.GetLinkStats);
        api.MapMethods("/links/{alias}/stats/export", Read, (HttpContext context, string alias) => stats.ExportAsync(context, alias))
            .Describe(ApiOperation.ExportLinkStats);
        api.MapMethods("/stats", Read, Call(context => stats.ShowAsync(context, alias: null)))
            .Describe(ApiOperation.GetStats);
        api.MapMethods("/stats/export", Read, Call(context => stats.ExportAsync(context, alias: null)))
            .Describe(ApiOperation.ExportStats);

        api.MapMethods("/links/{alias}/visits", Read, (HttpContext context, string alias) => visits.ListAsync(context, alias))
            .Describe(ApiOperation.ListLinkVisits);

        api.MapPost("/keys", Call(context => post.RunAsync(context, (body, _) => keys.CreateAsync(context, body))))
            .Describe(ApiOperation.CreateKey);
        api.MapMethods("/keys", Read, Call(keys.ListAsync))
            .Describe(ApiOperation.ListKeys);
        api.MapMethods("/keys/{id}", Read, (HttpContext context, string id) => keys.GetAsync(context, id))
            .Describe(ApiOperation.GetKey);
        api.MapDelete("/keys/{id}", (HttpContext context, string id) => keys.RevokeAsync(context, id))
            .Describe(ApiOperation.RevokeKey);
    }

    /// <summary>A handler whose answer is written; as a RequestDelegate it would be dropped.</summary>
    private static Delegate Call<T>(Func<HttpContext, Task<T>> handler) => handler;

    /// <summary>A host as the WHATWG standard writes it; <see cref="LinkOptions.Check"/> has refused what is none.</summary>
    private static string InUrlStandard(string host) =>
        DestinationUrl.TryParse($"http://{host}", out var parsed) == DestinationError.None
            ? parsed!.Host
            : throw new InvalidOperationException($"'{host}' is no host.");
}
