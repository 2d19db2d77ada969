using System.Text.Json.Nodes;
using Shortener.Server.Management.RawVisits;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Documentation;

/// <content>The operations about visits one by one.</content>
public sealed partial record ApiOperation
{
    private const string Visit =
        """{"time":"2026-11-21T12:00:00.123Z","country":"DE","browser":"Firefox","system":"Windows","device":"Desktop","language":"de","referrer":"example.org","utmSource":"news","utmMedium":"mail","utmCampaign":"autumn","utmTerm":"","utmContent":"","isBot":false}""";

    /// <summary>GET /links/{alias}/visits.</summary>
    public static readonly ApiOperation ListLinkVisits =
        new("listLinkVisits", "Lists the newest visits of a link, without addresses", "read", 200, typeof(RawVisitListBody),
            ProblemType.ValidationFailed, ProblemType.NotFound, ProblemType.VisitsNotKept)
        {
            ResultExample = JsonNode.Parse($$"""{"items":[{{Visit}}],"nextCursor":null}"""),
            Parameters = [ApiParameter.Alias, ApiParameter.Limit, ApiParameter.Cursor],
        };
}
