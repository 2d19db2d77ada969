using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>
/// The path of a URL: dot segments resolved, backslashes turned, the rest encoded (WHATWG URL, section 4.4, "path state").
/// </summary>
internal static class UrlPath
{
    /// <summary>Appends the serialised path. It is empty or begins with a slash or a backslash.</summary>
    public static void Append(StringBuilder href, ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) href.Append('/');

        foreach (var segment in Resolve(path))
        {
            href.Append('/');
            PercentEncoding.Append(href, path[segment], PercentEncoding.PathKept);
        }
    }

    private static List<Range> Resolve(ReadOnlySpan<char> path)
    {
        var segments = new List<Range>();
        for (var start = 1; start <= path.Length;)
        {
            var length = path[start..].IndexOfAny('/', '\\');
            var end = length < 0 ? path.Length : start + length;
            var dots = DotsOf(path[start..end]);

            if (dots == 2 && segments.Count > 0) segments.RemoveAt(segments.Count - 1);

            // A dot segment at the end leaves an empty one, so that "/a/." is the directory "/a/".
            if (dots == 0) segments.Add(start..end);
            else if (length < 0) segments.Add(end..end);
            start = end + 1;
        }

        return segments;
    }

    /// <summary>
    /// 1 for a single-dot segment, 2 for a double-dot one, whether or not its dots are percent-encoded; otherwise 0.
    /// </summary>
    private static int DotsOf(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (!segment.IsEmpty && dots < 3)
        {
            if (segment[0] == '.') segment = segment[1..];
            else if (segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase)) segment = segment[3..];
            else return 0;
            dots++;
        }

        return dots < 3 ? dots : 0;
    }
}
