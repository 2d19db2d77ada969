using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Shortener.Core.Destinations;

/// <summary>
/// Recognises the usual URL that the parser would give back unchanged, so that its string is kept as it is. It only proves that
/// there is nothing to do, and leaves every doubt to <see cref="UrlParser"/>; a property test holds the two together.
/// </summary>
internal static class SerialisedForm
{
    private static readonly SearchValues<char> DomainKept = SearchValues.Create("-.0123456789_abcdefghijklmnopqrstuvwxyz");

    // A backslash may stand in a serialised query, but in a path it is a slash.
    private static readonly SearchValues<char> PathKept = PercentEncoding.AllPrintableBut("\"#<>?^`{}\\");

    public static bool TryReuse(string input, [NotNullWhen(true)] out DestinationUrl? url)
    {
        url = null;
        var scheme = WebScheme.StartOf(input);
        if (scheme is null) return false;

        var rest = input.AsSpan(scheme.Name.Length + "://".Length);
        var end = rest.IndexOfAnyExcept(DomainKept);
        if (end <= 0 || rest[end] != '/' || !IsSerialisedDomain(rest[..end]) || !IsSerialisedTail(rest[end..])) return false;

        url = new DestinationUrl(input, scheme.Name, rest[..end].ToString(), scheme.DefaultPort);
        return true;
    }

    /// <summary>
    /// A last label that begins with a letter cannot be an IPv4 number; one that begins with "xn--" has to be checked.
    /// </summary>
    private static bool IsSerialisedDomain(ReadOnlySpan<char> domain)
    {
        var lastLabel = domain[(domain.LastIndexOf('.') + 1)..];
        return !lastLabel.IsEmpty && char.IsAsciiLetterLower(lastLabel[0]) && !domain.Contains("xn--", StringComparison.Ordinal);
    }

    private static bool IsSerialisedTail(ReadOnlySpan<char> tail)
    {
        var end = tail.IndexOfAnyExcept(PathKept);
        var path = end < 0 ? tail : tail[..end];
        if (MayHaveDotSegment(path)) return false;
        if (end < 0) return true;

        tail = tail[end..];
        if (tail[0] == '?')
        {
            end = tail.IndexOfAnyExcept(PercentEncoding.QueryKept);
            if (end < 0) return true;
            tail = tail[end..];
        }

        return tail[0] == '#' && !tail[1..].ContainsAnyExcept(PercentEncoding.FragmentKept);
    }

    private static bool MayHaveDotSegment(ReadOnlySpan<char> path) =>
        path.Contains("/.", StringComparison.Ordinal) || path.Contains("/%2", StringComparison.Ordinal);
}
