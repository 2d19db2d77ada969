namespace Shortener.Core.Visits;

/// <summary>Requests that a browser makes before anybody asks for the page, which are no visits.</summary>
public static class Prefetch
{
    private const string Separators = ";, \t";

    /// <summary>
    /// Whether a header says that the request is a prefetch: <c>Sec-Purpose: prefetch</c> (W3C "Prefetch"), which a prerender
    /// says as well, as <c>prefetch;prerender</c>; or what came before it, <c>Purpose: prefetch</c> and <c>X-Moz: prefetch</c>.
    /// </summary>
    /// <param name="purpose">The value of one of these headers; empty where it is missing.</param>
    public static bool IsMeantBy(ReadOnlySpan<char> purpose)
    {
        foreach (var part in purpose.SplitAny(Separators))
        {
            if (purpose[part].Equals("prefetch", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
