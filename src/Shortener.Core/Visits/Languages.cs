using System.Globalization;

namespace Shortener.Core.Visits;

/// <summary>The languages that visitors read.</summary>
public static class Languages
{
    /// <summary>The most characters of a language's subtag (RFC 5646, section 2.1).</summary>
    public const int MaxLength = 8;

    /// <summary>
    /// The primary subtag of the language with the greatest weight in an <c>Accept-Language</c>, such as <c>de</c> of
    /// <c>de-CH, fr;q=0.8</c>; of several, the first (RFC 9110, sections 12.4.2 and 12.5.4).
    /// </summary>
    /// <param name="acceptLanguage">The header's value; any text. What is not as the standard says is passed over.</param>
    /// <returns>Two to eight lower-case letters; empty if none is named.</returns>
    public static string PrimaryOf(ReadOnlySpan<char> acceptLanguage)
    {
        var best = ReadOnlySpan<char>.Empty;
        var bestWeight = 0m;
        foreach (var part in acceptLanguage.Split(','))
        {
            var range = acceptLanguage[part];
            var parameter = range.IndexOf(';');
            var weight = parameter < 0 ? 1 : WeightOf(range[(parameter + 1)..]);
            var tag = (parameter < 0 ? range : range[..parameter]).Trim(" \t");
            var subtag = tag.IndexOf('-') is >= 0 and var end ? tag[..end] : tag;
            if (weight <= bestWeight || !IsLanguage(subtag)) continue;
            best = subtag;
            bestWeight = weight;
        }

        return best.ToString().ToLowerInvariant();
    }

    private static bool IsLanguage(ReadOnlySpan<char> subtag)
    {
        foreach (var c in subtag)
        {
            if (!char.IsAsciiLetter(c)) return false;
        }

        return subtag.Length is >= 2 and <= MaxLength;
    }

    /// <summary>The weight of <c>q=0.8</c>; 0, which means not wanted, for anything else.</summary>
    private static decimal WeightOf(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim(" \t");
        return parameter is ['q' or 'Q', '=', .. var number]
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight <= 1 ? weight : 0;
    }
}
