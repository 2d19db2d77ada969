using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Server.Access;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Stats;

/// <summary>The calls about visits: of one link, and of all links of the owner, also of those that are deleted.</summary>
public sealed class StatsEndpoints(LinkService links, IVisitStore visits, TimeProvider time)
{
    /// <summary>Shows statistics.</summary>
    /// <param name="context">The call.</param>
    /// <param name="alias">Of which link; null: of all.</param>
    public async Task<Answer> ShowAsync(HttpContext context, string? alias)
    {
        var query = new QueryFields(context.Request.Query);
        var request = StatsRequest.Read(query, time.GetUtcNow());
        query.RefuseUnknown();
        if (query.Errors.Count > 0) return LinkEndpoints.Invalid(query.Errors);
        if (await FindAsync(context, alias) is not { } link) return Answer.Problem(ProblemType.NotFound);
        var body = await new StatsSummary(visits, link, request).ReadAsync(context.RequestAborted);
        return Answer.Json(StatusCodes.Status200OK, body, ApiJson.Default.StatsBody);
    }

    /// <summary>Sends every count of a range.</summary>
    /// <param name="context">The call.</param>
    /// <param name="alias">Of which link; null: of all.</param>
    public async Task<IResult> ExportAsync(HttpContext context, string? alias)
    {
        var query = new QueryFields(context.Request.Query);
        var range = StatsRange.Read(query, TimeZoneInfo.Utc, StatsRange.MaxDays, time.GetUtcNow());
        var format = query.OneOf("format", ExportFormat.ByName) ?? ExportFormat.Csv;
        query.RefuseUnknown();
        if (query.Errors.Count > 0) return LinkEndpoints.Invalid(query.Errors);
        return await FindAsync(context, alias) is { } link
            ? new StatsExport(visits, link, range, format, alias is null ? "visits" : $"visits-{alias}")
            : Answer.Problem(ProblemType.NotFound);
    }

    private async Task<LinkGeneration?> FindAsync(HttpContext context, string? alias)
    {
        var caller = context.Caller().AsLinkCaller;
        if (alias is null) return VisitCounter.AllOf(caller.Owner);
        return await links.FindAsync(caller, alias, context.RequestAborted) is { } link
            ? new LinkGeneration(link.Alias, link.Generation)
            : null;
    }
}
