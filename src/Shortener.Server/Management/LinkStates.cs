using Shortener.Core.Links;

namespace Shortener.Server.Management;

/// <summary>The names of a link's states in the API.</summary>
public static class LinkStates
{
    /// <summary>Every state by its name.</summary>
    public static readonly IReadOnlyDictionary<string, LinkState?> ByName =
        Enum.GetValues<LinkState>().ToDictionary(NameOf, state => (LinkState?)state, StringComparer.Ordinal);

    /// <summary>The names of the states that a link can be made in: only time makes it expired.</summary>
    public static readonly IReadOnlyList<string> OfNewLinks = [NameOf(LinkState.Active), NameOf(LinkState.Disabled)];

    /// <summary>The name of <paramref name="state"/>.</summary>
    public static string NameOf(LinkState state) => state switch
    {
        LinkState.Active => "active",
        LinkState.Expired => "expired",
        _ => "disabled",
    };
}
