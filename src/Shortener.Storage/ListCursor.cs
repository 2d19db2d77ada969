using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Shortener.Core.Links;

namespace Shortener.Storage;

/// <summary>Where a list ordered by time and name, newest first, goes on: after this row. Opaque to callers.</summary>
internal readonly record struct ListCursor(long Time, string Name)
{
    /// <summary>Before every row.</summary>
    public static readonly ListCursor Start = new(long.MaxValue, "");

    private const int MaxLength = 200;

    /// <exception cref="InvalidCursorException">The text is none of <see cref="ToString"/>.</exception>
    public static ListCursor Parse(string? text)
    {
        if (text is null) return Start;
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) throw new InvalidCursorException();
        var row = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var space = row.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !long.TryParse(row.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var time))
            throw new InvalidCursorException();
        var cursor = new ListCursor(time, row[(space + 1)..]);
        // Base64 and numbers can be written in several ways; only one of them was handed out.
        return cursor.ToString() == text ? cursor : throw new InvalidCursorException();
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Time} {Name}")));
}
