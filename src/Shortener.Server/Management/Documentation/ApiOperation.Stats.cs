using System.Text.Json.Nodes;
using Shortener.Server.Management.Stats;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Documentation;

/// <content>The operations about visits.</content>
public sealed partial record ApiOperation
{
    private static readonly ApiParameter[] StatsQuery =
    [
        ApiParameter.From, ApiParameter.To, ApiParameter.Interval, ApiParameter.Dimension, ApiParameter.Bots, ApiParameter.Timezone,
        ApiParameter.ValueLimit,
    ];

    private static readonly ApiParameter[] ExportQuery = [ApiParameter.From, ApiParameter.To, ApiParameter.Format];

    private static readonly JsonNode? Stats = JsonNode.Parse(
        """{"from":"2026-11-19T23:00:00.000Z","to":"2026-11-21T23:00:00.000Z","timezone":"Europe/Berlin","interval":"day","dimension":"country","bots":"exclude","total":{"people":512,"bots":31,"visitors":387},"intervals":[{"start":"2026-11-20T00:00:00.000+01:00","visits":301},{"start":"2026-11-21T00:00:00.000+01:00","visits":211}],"values":[{"value":"DE","visits":402},{"value":"","visits":61}],"otherVisits":49}""");

    private static readonly Dictionary<string, string> Files = new()
    {
        [ExportFormat.Csv.MediaType] = ExportFormat.Csv.Head + "2026-11-20T09:00:00.000Z,hour,country,DE,17,0\r\n",
        [ExportFormat.Ndjson.MediaType] =
            """{"start":"2026-11-20T09:00:00.000Z","interval":"hour","dimension":"country","value":"DE","people":17,"bots":0}""" + "\n",
    };

    /// <summary>GET /links/{alias}/stats.</summary>
    public static readonly ApiOperation GetLinkStats =
        new("getLinkStats", "Shows the visits of a link", "read", 200, typeof(StatsBody),
            ProblemType.ValidationFailed, ProblemType.NotFound)
        {
            ResultExample = Stats, Parameters = [ApiParameter.Alias, .. StatsQuery],
        };

    /// <summary>GET /stats.</summary>
    public static readonly ApiOperation GetStats =
        new("getStats", "Shows the visits of all your links, also of those that are deleted", "read", 200, typeof(StatsBody),
            ProblemType.ValidationFailed)
        {
            ResultExample = Stats, Parameters = StatsQuery,
        };

    /// <summary>GET /links/{alias}/stats/export.</summary>
    public static readonly ApiOperation ExportLinkStats =
        new("exportLinkStats", "Sends every count of the visits of a link", "read", 200, typeof(string),
            ProblemType.ValidationFailed, ProblemType.NotFound)
        {
            TextExamples = Files, Parameters = [ApiParameter.Alias, .. ExportQuery],
        };

    /// <summary>GET /stats/export.</summary>
    public static readonly ApiOperation ExportStats =
        new("exportStats", "Sends every count of the visits of all your links", "read", 200, typeof(string),
            ProblemType.ValidationFailed)
        {
            TextExamples = Files, Parameters = ExportQuery,
        };
}
