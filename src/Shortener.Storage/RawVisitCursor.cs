using System.Globalization;
using Shortener.Core.Links;

namespace Shortener.Storage;

/// <summary>Where a visit lies among those of its link that are kept one by one: by time, then by where it was read.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Spool">The spool.</param>
/// <param name="Number">The segment.</param>
/// <param name="Index">Its place in the segment.</param>
internal readonly record struct RawVisitKey(long Time, Guid Spool, long Number, int Index);

/// <summary>Where a list of visits goes on. Opaque to callers.</summary>
/// <param name="After">The last visit that was shown.</param>
/// <param name="Shown">How many were, on all pages.</param>
internal readonly record struct RawVisitCursor(RawVisitKey After, int Shown)
{
    /// <summary>Before every visit.</summary>
    private static readonly RawVisitCursor Start = new(new(long.MaxValue, Guid.Empty, 0, 0), 0);

    /// <exception cref="InvalidCursorException">The text is none of <see cref="ToString"/>.</exception>
    public static RawVisitCursor Parse(string? text)
    {
        if (text is null) return Start;
        var (time, name) = ListCursor.Parse(text);
        if (name.Split(' ') is not [var spool, var number, var index, var shown]
            || !Guid.TryParseExact(spool, "N", out var id)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var segment)
            || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || !int.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) throw new InvalidCursorException();
        var cursor = new RawVisitCursor(new(time, id, segment, place), count);
        // Numbers can be written in several ways; only one of them was handed out.
        return cursor.ToString() == text ? cursor : throw new InvalidCursorException();
    }

    public override string ToString() => new ListCursor(
        After.Time, string.Create(CultureInfo.InvariantCulture, $"{After.Spool:N} {After.Number} {After.Index} {Shown}")).ToString();
}
