namespace Shortener.Storage.Cassandra;

/// <summary>
/// Rows that lie in buckets of time, a partition each, so that none grows without end; which buckets there are, another table
/// lists.
/// </summary>
internal static class TimeBuckets
{
    private const int BucketsPerRead = 100;
    private const int MaxBucketsAtOnce = 16;

    /// <summary>Reads rows, those of the newest bucket first, until there are enough or no bucket is left.</summary>
    /// <param name="newest">The bucket to begin with.</param>
    /// <param name="count">How many rows are enough, and the most that are returned.</param>
    /// <param name="bucketsAsync">Reads the buckets from one on, newest first, and so many at most.</param>
    /// <param name="rowsAsync">Reads the rows of a bucket, so many at most.</param>
    public static async Task<List<T>> ReadAsync<T>(
        int newest, int count, Func<int, int, Task<List<int>>> bucketsAsync, Func<int, int, Task<IEnumerable<T>>> rowsAsync)
    {
        var rows = new List<T>();
        var atOnce = 1;
        while (true)
        {
            var buckets = await bucketsAsync(newest, BucketsPerRead);
            // Few at first: as a rule the newest bucket fills the page. Then more, for lists whose buckets have an entry each.
            for (var read = 0; read < buckets.Count; read += atOnce, atOnce = Math.Min(atOnce * 2, MaxBucketsAtOnce))
            {
                var parts = await Task.WhenAll(
                    buckets.Skip(read).Take(atOnce).Select(bucket => rowsAsync(bucket, count - rows.Count)));
                rows.AddRange(parts.SelectMany(part => part).Take(count - rows.Count));
                if (rows.Count == count) return rows;
            }

            if (buckets.Count < BucketsPerRead) return rows;
            newest = buckets[^1] - 1;
        }
    }
}
