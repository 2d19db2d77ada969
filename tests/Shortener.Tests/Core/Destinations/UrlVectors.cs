using System.Text.Json;

namespace Shortener.Tests.Core.Destinations;

/// <summary>What browsers make of many inputs, as eng/url-vectors.mjs wrote it down.</summary>
internal static class UrlVectors
{
    public const string Credentials = "credentials";

    /// <summary>
    /// Pairs of an input and its result: a serialised URL, null if it is refused, or <see cref="Credentials"/>.
    /// </summary>
    public static IReadOnlyList<(string Input, string? Result)> All { get; } = Load();

    private static List<(string, string?)> Load()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Core", "Destinations", "url-vectors.json"));
        using var vectors = JsonDocument.Parse(file);
        return [.. vectors.RootElement.EnumerateArray().Select(vector => (InputOf(vector[0]), vector[1].GetString()))];
    }

    /// <summary>A text, or the UTF-16 code units of one that JSON cannot hold.</summary>
    private static string InputOf(JsonElement input) => input.ValueKind == JsonValueKind.String
        ? input.GetString()!
        : string.Concat(input.EnumerateArray().Select(unit => (char)unit.GetUInt16()));
}
