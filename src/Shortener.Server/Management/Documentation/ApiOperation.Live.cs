using Shortener.Server.Problems;

namespace Shortener.Server.Management.Documentation;

/// <content>The operations that tell of visits as they come.</content>
public sealed partial record ApiOperation
{
    private static readonly Dictionary<string, string> Events = new()
    {
        ["text/event-stream"] =
            "event: ping\ndata: \n\nevent: visit\ndata: {\"alias\":\"launch\",\"visit\":" + Visit + ",\"leftOut\":0}\n\n",
    };

    /// <summary>GET /links/{alias}/visits/live.</summary>
    public static readonly ApiOperation FollowLinkVisits =
        new("followLinkVisits", "Sends the visits of a link as they come, as server-sent events", "read", 200, typeof(string),
            ProblemType.ValidationFailed, ProblemType.NotFound, ProblemType.VisitsNotCounted, ProblemType.TooManyFeeds)
        {
            TextExamples = Events, Parameters = [ApiParameter.Alias, ApiParameter.Seconds],
        };

    /// <summary>GET /visits/live.</summary>
    public static readonly ApiOperation FollowVisits =
        new("followVisits", "Sends the visits of all your links as they come, as server-sent events", "read", 200, typeof(string),
            ProblemType.ValidationFailed, ProblemType.VisitsNotCounted, ProblemType.TooManyFeeds)
        {
            TextExamples = Events, Parameters = [ApiParameter.Seconds],
        };
}
