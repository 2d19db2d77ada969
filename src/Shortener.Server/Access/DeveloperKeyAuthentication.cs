using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Shortener.Core.Access;
using Shortener.Core.Links;
using Shortener.Server.Problems;

namespace Shortener.Server.Access;

/// <summary>Who calls the API: the developer key that came with the request.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">Its text: only the caller has it, so what is sealed with it only the caller can open.</param>
public sealed record ApiCaller(DeveloperKey Key, string Text)
{
    /// <summary>What the domain needs to know of the caller.</summary>
    public Caller AsLinkCaller => new(Key.Owner, Key.Scopes.HasFlag(Scopes.Manage));
}

/// <summary>Recognises the developer key in <c>X-Api-Key</c> or <c>Authorization: Bearer</c>.</summary>
public sealed class DeveloperKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessService access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "DeveloperKey";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TextOf(Request) is not { } text) return AuthenticateResult.NoResult();
        if (await access.AuthenticateAsync(text, Context.RequestAborted) is not { } key) return AuthenticateResult.Fail("no usable key");
        Context.Features.Set(new ApiCaller(key, text));
        var scopes = Enum.GetValues<Scopes>().Where(scope => scope != Scopes.None && key.Scopes.HasFlag(scope));
        var identity = new ClaimsIdentity(scopes.Select(scope => new Claim("scope", scope.ToString())), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Answer.Problem(ProblemType.Unauthorized).ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        return Answer.Problem(ProblemType.Forbidden, $"The key lacks the scope '{scope}'.").ExecuteAsync(Context);
    }

    private static string? TextOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-Api-Key", out var key)) return key.ToString().Trim();
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }
}
