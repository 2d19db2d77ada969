using System.Text.Json;
using Shortener.Core.Visits;

namespace Shortener.Server.Management.Stats;

/// <summary>Whose visits count.</summary>
public enum BotVisits
{
    /// <summary>People's.</summary>
    Exclude,

    /// <summary>Everybody's.</summary>
    Include,

    /// <summary>Robots'.</summary>
    Only,
}

/// <summary>The names in the API of what statistics are asked by.</summary>
public static class StatsNames
{
    /// <summary>Every interval by its name.</summary>
    public static readonly IReadOnlyDictionary<string, VisitInterval?> Intervals = ByName<VisitInterval>();

    /// <summary>Every dimension by its name.</summary>
    public static readonly IReadOnlyDictionary<string, VisitDimension?> Dimensions = ByName<VisitDimension>();

    /// <summary>Every choice of visits by its name.</summary>
    public static readonly IReadOnlyDictionary<string, BotVisits?> Bots = ByName<BotVisits>();

    /// <summary>The name of <paramref name="value"/>, such as <c>utm_source</c>.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static Dictionary<string, T?> ByName<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(NameOf, value => (T?)value, StringComparer.Ordinal);
}
