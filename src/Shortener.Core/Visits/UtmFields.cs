using System.Net;
using System.Text;

namespace Shortener.Core.Visits;

/// <summary>The fields that marketing tools put into a link's query to tell campaigns apart; empty if missing.</summary>
/// <param name="Source">Who links, such as <c>newsletter</c>.</param>
/// <param name="Medium">In what, such as <c>email</c>.</param>
/// <param name="Campaign">For what, such as <c>autumn-sale</c>.</param>
/// <param name="Term">The search word that was paid for.</param>
/// <param name="Content">Which of several links in one place.</param>
public readonly record struct UtmFields(string Source, string Medium, string Campaign, string Term, string Content)
{
    /// <summary>The most characters of a field, in UTF-16; what is longer is cut off there.</summary>
    public const int MaxLength = 100;

    /// <summary>Of no campaign.</summary>
    public static readonly UtmFields None = new("", "", "", "", "");

    /// <summary>
    /// Reads them from the query of a request. Values are decoded as browsers encode forms (WHATWG URL, section 5.1: UTF-8, a
    /// plus for a space); control characters and outer spaces go. Of a field that comes twice the first that is not empty counts.
    /// </summary>
    /// <param name="query">The query, with or without its question mark; any text.</param>
    public static UtmFields Parse(ReadOnlySpan<char> query)
    {
        var fields = None;
        foreach (var part in query.Split('&'))
        {
            var pair = query[part].TrimStart('?');
            var equals = pair.IndexOf('=');
            if (equals < 0) continue;
            var value = pair[(equals + 1)..];
            fields = pair[..equals] switch
            {
                "utm_source" when fields.Source.Length == 0 => fields with { Source = Decode(value) },
                "utm_medium" when fields.Medium.Length == 0 => fields with { Medium = Decode(value) },
                "utm_campaign" when fields.Campaign.Length == 0 => fields with { Campaign = Decode(value) },
                "utm_term" when fields.Term.Length == 0 => fields with { Term = Decode(value) },
                "utm_content" when fields.Content.Length == 0 => fields with { Content = Decode(value) },
                _ => fields,
            };
        }

        return fields;
    }

    private static string Decode(ReadOnlySpan<char> value)
    {
        var decoded = new StringBuilder();
        foreach (var rune in WebUtility.UrlDecode(value.ToString()).Trim().EnumerateRunes())
        {
            if (Rune.IsControl(rune)) continue;
            if (decoded.Length + rune.Utf16SequenceLength > MaxLength) break;
            decoded.Append(rune.ToString());
        }

        return decoded.ToString();
    }
}
