using Shortener.Core.Access;
using Shortener.Core.Links;
using Shortener.Server.Access;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>The calls about developer keys: <c>/api/v1/keys</c>.</summary>
public sealed class KeyEndpoints(AccessService access, TimeProvider time)
{
    /// <summary>The most characters of a key's name, and of an owner's.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Makes a key; its secret is in this answer and nowhere else.</summary>
    public async Task<Answer> CreateAsync(HttpContext context, RequestBody body)
    {
        var fields = new JsonFields(body.Json);
        var (name, owner) = (Label(fields, "name", isRequired: true), Label(fields, "owner", isRequired: false));
        var scopes = ReadScopes(fields);
        var expiresAt = fields.Time("expiresAt").Value;
        if (expiresAt <= time.GetUtcNow()) fields.Errors.Add(new("expiresAt", "Give a time in the future."));
        fields.RefuseUnknown();
        if (fields.Errors.Count > 0) return LinkEndpoints.Invalid(fields.Errors);
        var (key, text) = await access.CreateAsync(
            owner ?? context.Caller().Key.Owner, name ?? "", scopes, expiresAt, context.RequestAborted);
        return Answer.Json(StatusCodes.Status201Created, Show(key, text), ApiJson.Default.KeyBody)
            with { Location = $"/api/v1/keys/{key.Id}" };
    }

    /// <summary>Lists the keys that are not revoked, of every owner, newest first.</summary>
    public async Task<Answer> ListAsync(HttpContext context)
    {
        var query = new QueryFields(context.Request.Query);
        var limit = PageLimit.Read(query);
        var (cursor, owner) = (query.Text("cursor"), query.Text("owner"));
        query.RefuseUnknown();
        if (query.Errors.Count > 0) return LinkEndpoints.Invalid(query.Errors);
        try
        {
            var page = await access.ListAsync(owner, limit, cursor, context.RequestAborted);
            var items = page.Items.Select(key => Show(key, text: null)).ToList();
            return Answer.Json(StatusCodes.Status200OK, new KeyListBody(items, page.NextCursor), ApiJson.Default.KeyListBody);
        }
        catch (InvalidCursorException failure)
        {
            return LinkEndpoints.Invalid([new("cursor", failure.Message)]);
        }
    }

    /// <summary>Shows a key that is not revoked, of any owner.</summary>
    public async Task<Answer> GetAsync(HttpContext context, string id) =>
        await access.FindAsync(id, context.RequestAborted) is { } key
            ? Answer.Json(StatusCodes.Status200OK, Show(key, text: null), ApiJson.Default.KeyBody)
            : Answer.Problem(ProblemType.NotFound);

    /// <summary>Revokes a key: it opens nothing from now on.</summary>
    public async Task<Answer> RevokeAsync(HttpContext context, string id) =>
        await access.RevokeAsync(id, context.RequestAborted) switch
        {
            RevokeOutcome.Revoked => new Answer(StatusCodes.Status204NoContent),
            RevokeOutcome.LastAdmin => Answer.Problem(ProblemType.LastAdminKey),
            _ => Answer.Problem(ProblemType.NotFound),
        };

    private static string? Label(JsonFields fields, string name, bool isRequired)
    {
        var text = fields.Text(name).Value?.Trim();
        if ((text is null && isRequired) || text is "" or { Length: > MaxNameLength } || text?.Any(char.IsControl) is true)
            fields.Errors.Add(new(name, $"Give 1 to {MaxNameLength} characters, none of them a control character."));
        return text;
    }

    private static Scopes ReadScopes(JsonFields fields)
    {
        var names = fields.Texts("scopes").Value ?? [];
        var known = names.Where(AccessRegistration.ScopeNames.ContainsKey).ToList();
        if (known.Count == 0 || known.Count < names.Count)
            fields.Errors.Add(new("scopes", $"Give one or more of {string.Join(", ", AccessRegistration.ScopeNames.Keys)}."));
        return known.Aggregate(Scopes.None, (scopes, name) => scopes | AccessRegistration.ScopeNames[name]);
    }

    private static KeyBody Show(DeveloperKey key, string? text) => new(
        key.Id, key.Owner, key.Name,
        [.. AccessRegistration.ScopeNames.Where(scope => key.Scopes.HasFlag(scope.Value)).Select(scope => scope.Key)],
        key.CreatedAt, key.ExpiresAt, text);
}
