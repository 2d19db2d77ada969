using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Server.Access;
using Shortener.Server.Problems;
using Shortener.Server.Telemetry;

namespace Shortener.Server.Management.RawVisits;

/// <summary>The visits of a link one by one.</summary>
public sealed class RawVisitEndpoints(LinkService links, IVisitStore visits, VisitOptions options, TimeProvider time)
{
    /// <summary>Lists them, newest first.</summary>
    public async Task<Answer> ListAsync(HttpContext context, string alias)
    {
        var query = new QueryFields(context.Request.Query);
        var (limit, cursor) = (PageLimit.Read(query), query.Text("cursor"));
        query.RefuseUnknown();
        if (query.Errors.Count > 0) return LinkEndpoints.Invalid(query.Errors);
        if (await links.FindAsync(context.Caller().AsLinkCaller, alias, context.RequestAborted) is not { } link)
            return Answer.Problem(ProblemType.NotFound);
        // An empty list would say that nobody came.
        if (options.KeepRaw == 0) return Answer.Problem(ProblemType.VisitsNotKept, ProblemType.VisitsNotKept.Meaning);
        try
        {
            var page = await visits.ReadRawAsync(
                new(new(link.Alias, link.Generation), limit, cursor, time.GetUtcNow()), context.RequestAborted);
            var body = new RawVisitListBody([.. page.Items.Select(RawVisitBody.From)], page.NextCursor);
            return Answer.Json(StatusCodes.Status200OK, body, ApiJson.Default.RawVisitListBody);
        }
        catch (InvalidCursorException failure)
        {
            return LinkEndpoints.Invalid([new("cursor", failure.Message)]);
        }
    }
}
