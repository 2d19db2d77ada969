namespace Shortener.Core.Visits.Agents;

/// <summary>What a part of a user agent says about who sent it.</summary>
[Flags]
internal enum AgentEvidence
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A browser, or the engine of one: without any, an agent is a program's.</summary>
    Engine = 1,

    /// <summary>A program that asks by itself: a crawler, a link preview, a monitor, a library.</summary>
    Program = 2,

    /// <summary>
    /// An address to write to or to read about the sender, as crawlers give. Toolbars wrote theirs into Internet Explorer's
    /// agent too, so there it says nothing.
    /// </summary>
    Contact = 4,
}
