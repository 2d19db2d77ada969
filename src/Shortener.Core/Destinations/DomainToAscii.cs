using System.Globalization;
using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>
/// Domain to ASCII (WHATWG URL, section 3.3), that is UTS #46 without transitional processing, the rules of STD3 and the limits
/// of the DNS.
/// </summary>
/// <remarks>
/// ICU does the mapping, one label at a time and only where a label needs it, because <see cref="IdnMapping"/> enforces limits
/// of the DNS that the standard leaves out, and turns away hyphens at the ends of labels even in plain ASCII.
/// What is stricter for the labels that remain is said at <see cref="DestinationUrl"/>.
/// </remarks>
internal static class DomainToAscii
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    // Without ICU (InvariantGlobalization), IdnMapping encodes without mapping, which would give another domain than a browser
    // gets. A full-width letter shows which of the two it is.
    private static readonly bool HasIcu = TryMap("\uFF21", out var mapped) && mapped == "a";

    public static bool TryConvert(string domain, out string ascii)
    {
        if (Ascii.IsValid(domain) && !domain.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            ascii = LowerAscii(domain);
            return true;
        }

        ascii = "";
        var labels = domain.Split('.', '\u3002', '\uFF0E', '\uFF61');
        for (var i = 0; i < labels.Length; i++)
        {
            if (!TryConvertLabel(labels[i], out labels[i])) return false;
        }

        ascii = string.Join('.', labels);
        return BidiRule.Holds(Array.ConvertAll(labels, ToUnicode));
    }

    private static bool TryConvertLabel(string label, out string ascii)
    {
        ascii = LowerAscii(label);
        var isPlain = Ascii.IsValid(ascii) && !ascii.StartsWith("xn--", StringComparison.Ordinal);
        return isPlain || (HasIcu && TryMap(ascii, out ascii));
    }

    private static bool TryMap(string label, out string ascii)
    {
        try
        {
            ascii = Idn.GetAscii(label);
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }

    private static string ToUnicode(string label) =>
        label.StartsWith("xn--", StringComparison.Ordinal) ? Punycode.Decode(label.AsSpan(4)) : label;

    /// <summary>Only ASCII: the other letters are for ICU, whose mapping is not the same as lower case.</summary>
    private static string LowerAscii(string label) => string.Create(label.Length, label, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });
}
