namespace Shortener.Core.Visits.Countries;

/// <summary>What MaxMind-DB files of several makers say of a network: here, only its country.</summary>
internal static class CountryRecord
{
    /// <summary>
    /// Reads the country's code from a map with a text <c>country_code</c> (ip-location-db) or <c>country</c> (IPinfo), or with a
    /// map <c>country</c> that has an <c>iso_code</c> (GeoLite2, DB-IP).
    /// </summary>
    /// <param name="data">The data section.</param>
    /// <param name="offset">Where the map begins.</param>
    /// <returns>Two upper-case letters (ISO 3166-1 alpha-2); empty where there are none.</returns>
    /// <exception cref="InvalidDataException">The data is not as the format says.</exception>
    public static string Read(ReadOnlySpan<byte> data, int offset)
    {
        var country = "";
        var reader = new MaxMindReader(data, offset);
        for (var keys = reader.ReadMap(); keys > 0; keys--)
        {
            var key = reader.ReadText();
            if (key is "country" or "country_code")
            {
                var nested = reader;
                if (CodeOf(nested.ReadText() ?? IsoCodeOf(reader)) is { Length: > 0 } code) country = code;
            }

            reader.Skip();
        }

        return country;
    }

    private static string? IsoCodeOf(MaxMindReader reader)
    {
        string? code = null;
        for (var keys = reader.ReadMap(); keys > 0; keys--)
        {
            if (reader.ReadText() == "iso_code") code = reader.ReadText();
            else reader.Skip();
        }

        return code;
    }

    /// <summary>Interned, so that as many strings stay in memory as there are countries.</summary>
    private static string CodeOf(string? text) =>
        text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? string.Intern(text) : "";
}
