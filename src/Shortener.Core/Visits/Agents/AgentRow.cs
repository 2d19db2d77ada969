namespace Shortener.Core.Visits.Agents;

/// <summary>One row of <see cref="AgentTable"/>: a part of user agents and what it says.</summary>
/// <param name="Pattern">What to look for, as <see cref="PatternAutomaton"/> writes it.</param>
/// <param name="Evidence">What it says about who sent it.</param>
/// <param name="Browser">The browser, or null.</param>
/// <param name="System">The operating system, or null.</param>
/// <param name="Device">The kind of device, or null.</param>
internal readonly record struct AgentRow(string Pattern, AgentEvidence Evidence, string? Browser, string? System, string? Device);
