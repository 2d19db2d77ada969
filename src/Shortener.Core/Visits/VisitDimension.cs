namespace Shortener.Core.Visits;

/// <summary>What visits are told apart by. The numbers are stored: none is ever given another meaning.</summary>
public enum VisitDimension
{
    /// <summary>Nothing: every visit has the value "".</summary>
    Total = 0,

    /// <summary>The host of the page that the link was followed from.</summary>
    Referrer = 1,

    /// <summary>The country of the client address, two letters (ISO 3166-1).</summary>
    Country = 2,

    /// <summary>The browser's family.</summary>
    Browser = 3,

    /// <summary>The operating system's family.</summary>
    System = 4,

    /// <summary>The kind of device.</summary>
    Device = 5,

    /// <summary>The language that the browser prefers.</summary>
    Language = 6,

    /// <summary>utm_source of the visit.</summary>
    UtmSource = 7,

    /// <summary>utm_medium of the visit.</summary>
    UtmMedium = 8,

    /// <summary>utm_campaign of the visit.</summary>
    UtmCampaign = 9,

    /// <summary>utm_term of the visit.</summary>
    UtmTerm = 10,

    /// <summary>utm_content of the visit.</summary>
    UtmContent = 11,
}
