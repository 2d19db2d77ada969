using Shortener.Core.Visits;

namespace Shortener.Storage;

/// <summary>A visit as the tables hold it.</summary>
internal readonly record struct RawVisitRow(RawVisitKey Key, VisitDetails Details);

/// <summary>Pages of the visits that are kept one by one, the same over every store.</summary>
internal static class RawVisitPages
{
    /// <summary>
    /// Reads the rows of a link after a key, newest first: none from before a time (Unix milliseconds), and so many at most.
    /// </summary>
    public delegate Task<List<RawVisitRow>> ReadRowsAsync(RawVisitKey after, long oldest, int count);

    public static async Task<RawVisitPage> ReadAsync(RawVisitQuery query, VisitStoreSettings settings, ReadRowsAsync readAsync)
    {
        var cursor = RawVisitCursor.Parse(query.Cursor);
        var limit = Math.Min(query.Limit, settings.RawPerLink - cursor.Shown);
        if (limit <= 0) return new([], null);
        // One more than is shown tells whether anything follows.
        var rows = await readAsync(cursor.After, (query.Now - settings.RawLifetime).ToUnixTimeMilliseconds(), limit + 1);
        var items = rows.Take(limit).Select(row => new RawVisit(DateTimeOffset.FromUnixTimeMilliseconds(row.Key.Time), row.Details));
        var hasMore = rows.Count > limit && cursor.Shown + limit < settings.RawPerLink;
        return new([.. items], hasMore ? new RawVisitCursor(rows[limit - 1].Key, cursor.Shown + limit).ToString() : null);
    }
}
