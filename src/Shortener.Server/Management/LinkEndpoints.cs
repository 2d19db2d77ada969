using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Server.Access;
using Shortener.Server.Hosting;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>The calls about links: <c>/api/v1/links</c>.</summary>
public sealed class LinkEndpoints(LinkService links, IVisitStore visits, ServerOptions server, TimeProvider time)
{
    /// <summary>Makes a link.</summary>
    public async Task<Answer> CreateAsync(HttpContext context, RequestBody body, CreateAttempt attempt)
    {
        var draft = LinkRequest.Read(body.Json);
        var result = await links.CreateAsync(context.Caller().AsLinkCaller, draft, attempt, context.RequestAborted);
        if (result.Outcome != LinkOutcome.Done) return Refusal(result);
        return Show(context, result.Link!, StatusCodes.Status201Created) with { Location = $"/api/v1/links/{result.Link!.Alias}" };
    }

    /// <summary>Lists the owner's links, newest first.</summary>
    public async Task<Answer> ListAsync(HttpContext context)
    {
        var query = new QueryFields(context.Request.Query);
        var limit = PageLimit.Read(query);
        var state = query.OneOf("state", LinkStates.ByName);
        var (cursor, tag) = (query.Text("cursor"), query.Text("tag"));
        query.RefuseUnknown();
        if (query.Errors.Count > 0) return Invalid(query.Errors);
        try
        {
            var page = await links.ListAsync(context.Caller().AsLinkCaller, limit, cursor, tag, state, context.RequestAborted);
            var (publicBase, now) = (PublicBase(context), time.GetUtcNow());
            var totals = await TotalsAsync(page.Items, context.RequestAborted);
            var items = page.Items.Zip(totals, (link, total) => LinkBody.From(link, publicBase, now, total)).ToList();
            return Answer.Json(StatusCodes.Status200OK, new LinkListBody(items, page.NextCursor), ApiJson.Default.LinkListBody);
        }
        catch (InvalidCursorException failure)
        {
            return Invalid([new("cursor", failure.Message)]);
        }
    }

    /// <summary>Shows a link.</summary>
    public async Task<Answer> GetAsync(HttpContext context, string alias)
    {
        if (await links.FindAsync(context.Caller().AsLinkCaller, alias, context.RequestAborted) is not { } link)
            return Answer.Problem(ProblemType.NotFound);
        if (EntityTag.IsKnown(context.Request.Headers.IfNoneMatch, link))
            return new Answer(StatusCodes.Status304NotModified) { ETag = EntityTag.Of(link) };
        var totals = await TotalsAsync([link], context.RequestAborted);
        return Show(context, link, StatusCodes.Status200OK, totals[0]);
    }

    /// <summary>Replaces a link.</summary>
    public Task<Answer> PutAsync(HttpContext context, string alias) => ChangeAsync(context, alias, links.ReplaceAsync);

    /// <summary>Changes the fields that are given (RFC 7396).</summary>
    public Task<Answer> PatchAsync(HttpContext context, string alias) => ChangeAsync(context, alias, links.PatchAsync);

    /// <summary>Deletes a link.</summary>
    public async Task<Answer> DeleteAsync(HttpContext context, string alias)
    {
        var result = await links.DeleteAsync(
            context.Caller().AsLinkCaller, alias, EntityTag.Condition(context.Request.Headers.IfMatch), context.RequestAborted);
        return result.Outcome == LinkOutcome.Done ? new Answer(StatusCodes.Status204NoContent) : Refusal(result);
    }

    /// <summary>The problem of fields that are wrong.</summary>
    internal static Answer Invalid(IEnumerable<FieldError> errors) =>
        Answer.Problem(ProblemType.ValidationFailed, errors: FieldError.FirstOfEachField(errors)
            .ToDictionary(error => error.Field, error => new[] { error.Message }, StringComparer.Ordinal));

    private async Task<Answer> ChangeAsync(
        HttpContext context, string alias,
        Func<Caller, string, LinkDraft, Predicate<Link>?, CancellationToken, Task<LinkResult>> change)
    {
        var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem) return problem;
        var draft = LinkRequest.Read(body.Json);
        var result = await change(
            context.Caller().AsLinkCaller, alias, draft, EntityTag.Condition(context.Request.Headers.IfMatch), context.RequestAborted);
        return result.Outcome == LinkOutcome.Done ? Show(context, result.Link!, StatusCodes.Status200OK) : Refusal(result);
    }

    private Task<IReadOnlyList<VisitTotal>> TotalsAsync(IEnumerable<Link> shown, CancellationToken cancellationToken) =>
        visits.TotalsAsync([.. shown.Select(link => new LinkGeneration(link.Alias, link.Generation))], cancellationToken);

    private Answer Show(HttpContext context, Link link, int status, VisitTotal? total = null) =>
        Answer.Json(status, LinkBody.From(link, PublicBase(context), time.GetUtcNow(), total), ApiJson.Default.LinkBody)
            with { ETag = EntityTag.Of(link) };

    private string PublicBase(HttpContext context)
    {
        var host = context.Request.Host.HasValue ? context.Request.Host : ListenAddresses.LocalHost(context.Connection);
        return server.PublicBase ?? $"{context.Request.Scheme}://{host}";
    }

    private static Answer Refusal(LinkResult result) => result.Outcome switch
    {
        LinkOutcome.Invalid => Invalid(result.Errors!),
        LinkOutcome.AliasTaken => Answer.Problem(ProblemType.AliasTaken),
        LinkOutcome.VersionMismatch => Answer.Problem(ProblemType.VersionMismatch) with { ETag = EntityTag.Of(result.Link!) },
        _ => Answer.Problem(ProblemType.NotFound),
    };
}
