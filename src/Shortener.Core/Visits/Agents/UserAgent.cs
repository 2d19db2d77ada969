namespace Shortener.Core.Visits.Agents;

/// <summary>
/// What is counted of a visit's <c>User-Agent</c> (RFC 9110, section 10.1.5). Measured against public collections of agents in
/// <c>UserAgentMeasurements</c> of the tests.
/// </summary>
/// <param name="IsBot">
/// Whether a program asked by itself: crawlers, link previews, monitors, libraries, and whoever sends no agent.
/// </param>
/// <param name="Browser">The browser's family, such as <c>Chrome</c>, on computers and phones alike; empty if unknown.</param>
/// <param name="System">
/// The operating system, such as <c>Windows</c>; empty if unknown. iPadOS calls itself macOS unless asked for mobile pages.
/// </param>
/// <param name="Device"><c>Desktop</c>, <c>Phone</c>, <c>Tablet</c>, <c>TV</c> or <c>Console</c>; empty if unknown.</param>
public readonly record struct UserAgent(bool IsBot, string Browser, string System, string Device)
{
    private static readonly AgentRow[] Rows = AgentTable.Rows;
    private static readonly PatternAutomaton Patterns = new([.. Rows.Select(row => row.Pattern)]);

    /// <summary>Reads an agent in one pass over it. Nothing is allocated: the names are constants.</summary>
    /// <param name="agent">Any text of any length; the time it takes is in proportion.</param>
    public static UserAgent Parse(ReadOnlySpan<char> agent)
    {
        var evidence = AgentEvidence.None;
        int browser = Rows.Length, system = Rows.Length, device = Rows.Length;
        var state = 0;
        for (var i = 0; i < agent.Length; i++)
        {
            state = Patterns.Step(state, agent[i]);
            var found = Patterns.Match(state, agent, i);
            if (found < 0) continue;
            ref readonly var row = ref Rows[found];
            evidence |= row.Evidence;
            if (row.Browser is not null) browser = Math.Min(browser, found);
            if (row.System is not null) system = Math.Min(system, found);
            if (row.Device is not null) device = Math.Min(device, found);
        }

        var browserName = browser < Rows.Length ? Rows[browser].Browser! : "";
        var systemName = system < Rows.Length ? Rows[system].System! : "";
        return new UserAgent(
            IsProgram(evidence, browserName),
            // Android's browser before Chrome gave itself the name of Safari.
            browserName == "Safari" && systemName == "Android" ? "Android Browser" : browserName,
            systemName,
            device < Rows.Length ? Rows[device].Device! : "");
    }

    private static bool IsProgram(AgentEvidence evidence, string browser)
    {
        if (browser == AgentTable.InternetExplorer) evidence &= ~AgentEvidence.Contact;
        return evidence != AgentEvidence.Engine;
    }
}
