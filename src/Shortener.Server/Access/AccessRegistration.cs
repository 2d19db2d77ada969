using Microsoft.AspNetCore.Authentication;
using Shortener.Core.Access;

namespace Shortener.Server.Access;

/// <summary>Developer keys as ASP.NET authentication, and a policy for each scope.</summary>
public static class AccessRegistration
{
    /// <summary>The names of the scopes as the API writes them.</summary>
    public static readonly IReadOnlyDictionary<string, Scopes> ScopeNames = new Dictionary<string, Scopes>(StringComparer.Ordinal)
    {
        ["read"] = Scopes.Read, ["create"] = Scopes.Create, ["manage"] = Scopes.Manage, ["admin"] = Scopes.Admin,
    };

    /// <summary>Registers <see cref="AccessService"/>, authentication by developer key and the policies.</summary>
    public static void AddDeveloperKeys(this WebApplicationBuilder builder, AccessOptions options)
    {
        builder.Services.AddSingleton(services => new AccessService(
            services.GetRequiredService<IDeveloperKeyStore>(), services.GetRequiredService<TimeProvider>(), options.RememberKeys));
        // Not AddAuthentication: that brings cookie encryption along, which writes keys into the home directory.
        builder.Services.AddAuthenticationCore(authentication => authentication.DefaultScheme = DeveloperKeyAuthentication.SchemeName);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services)
            .AddScheme<AuthenticationSchemeOptions, DeveloperKeyAuthentication>(DeveloperKeyAuthentication.SchemeName, null);
        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var (name, scope) in ScopeNames)
            authorization.AddPolicy(name, policy => policy.RequireClaim("scope", scope.ToString()));
    }

    /// <summary>The caller of an endpoint that needs authorization.</summary>
    public static ApiCaller Caller(this HttpContext context) =>
        context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The endpoint needs no authorization.");
}
