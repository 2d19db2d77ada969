using Shortener.Core.Visits.Live;
using Shortener.Server.Management.RawVisits;

namespace Shortener.Server.Management.Live;

/// <summary>A visit as it comes.</summary>
/// <param name="Alias">The link that was followed.</param>
/// <param name="Visit">The visit.</param>
/// <param name="LeftOut">How many visits came since the last event, and were too many a second to be told.</param>
public sealed record LiveVisitBody(string Alias, RawVisitBody Visit, long LeftOut)
{
    /// <summary>Shows <paramref name="visit"/>.</summary>
    public static LiveVisitBody From(LiveVisit visit) => new(visit.Alias, RawVisitBody.From(visit.Visit), visit.LeftOut);
}
