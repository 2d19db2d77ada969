using System.Text;

namespace Prometheus;

/// <summary>Turns the names of meters, instruments and tags into names that Prometheus takes.</summary>
internal static class MeterNames
{
    /// <summary>
    /// Lower case, and an underscore for each other character than a letter, digit or underscore of ASCII:
    /// <c>My.RequestCount</c> becomes <c>my_requestcount</c>. A leading digit gets an underscore before it.
    /// </summary>
    public static string Translate(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            var lower = char.ToLowerInvariant(character);
            if (text.Length == 0 && char.IsAsciiDigit(lower))
                text.Append('_');
            text.Append(char.IsAsciiLetterOrDigit(lower) ? lower : '_');
        }
        return text.ToString();
    }
}
