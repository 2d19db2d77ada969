using Shortener.Core.Visits;

namespace Shortener.Server.Management.RawVisits;

/// <summary>One visit. What is unknown, or not there, is empty.</summary>
/// <param name="Time">When.</param>
/// <param name="Country">The country, two letters (ISO 3166-1).</param>
/// <param name="Browser">The browser's family.</param>
/// <param name="System">The operating system's family.</param>
/// <param name="Device">The kind of device.</param>
/// <param name="Language">The language that the browser prefers.</param>
/// <param name="Referrer">The host of the page that the link was followed from.</param>
/// <param name="UtmSource">utm_source of the visit.</param>
/// <param name="UtmMedium">utm_medium of the visit.</param>
/// <param name="UtmCampaign">utm_campaign of the visit.</param>
/// <param name="UtmTerm">utm_term of the visit.</param>
/// <param name="UtmContent">utm_content of the visit.</param>
/// <param name="IsBot">Whether it was a robot, or made a link preview.</param>
public sealed record RawVisitBody(
    DateTimeOffset Time, string Country, string Browser, string System, string Device, string Language, string Referrer,
    string UtmSource, string UtmMedium, string UtmCampaign, string UtmTerm, string UtmContent, bool IsBot)
{
    /// <summary>Shows <paramref name="visit"/>.</summary>
    public static RawVisitBody From(RawVisit visit)
    {
        var (details, utm) = (visit.Details, visit.Details.Utm);
        return new(
            visit.Time, details.Country, details.Browser, details.System, details.Device, details.Language, details.Referrer,
            utm.Source, utm.Medium, utm.Campaign, utm.Term, utm.Content, details.IsBot);
    }
}

/// <summary>A page of visits, newest first.</summary>
/// <param name="Items">The visits.</param>
/// <param name="NextCursor">Give it as `cursor` to get the next page; null: this was the last.</param>
public sealed record RawVisitListBody(IReadOnlyList<RawVisitBody> Items, string? NextCursor);
