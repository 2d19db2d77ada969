using Cassandra;

namespace Shortener.Storage.Cassandra;

/// <summary>Names a list: its kind, and whose it is or with which tag; empty: everybody's, or with any.</summary>
internal readonly record struct ListName(string Kind, string Owner, string Tag);

/// <summary>An entry: what it names, and when that was made.</summary>
internal readonly record struct ListEntry(DateTimeOffset CreatedAt, string Name);

/// <summary>A part of a list, and the cursor after it; null: nothing follows.</summary>
internal sealed record ListPart<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>
/// Lists by time, newest first, in buckets of time so that no partition grows without end. An entry is written before what it
/// names, so it may name what never came to be: whoever reads checks.
/// </summary>
internal sealed class TimeList(CassandraSession session, TimeSpan bucketLength)
{
    private const int MaxBucketsKnown = 10_000;

    /// <summary>How many of the things that entries name are looked up at once.</summary>
    private const int LookupsAtOnce = 32;

    private const string Partition = "list = ? AND owner = ? AND tag = ?";

    /// <summary>Buckets that this process knows to be there, so that it need not write them again.</summary>
    private readonly WrittenOnce<(ListName List, int Bucket)> _buckets = new(MaxBucketsKnown);

    /// <summary>Writes an entry into lists.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="version">The version of what the entry names that is about to be written.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task AddAsync(IEnumerable<ListName> lists, ListEntry entry, long version, CancellationToken cancellationToken) =>
        Task.WhenAll(lists.Select(async list =>
        {
            var bucket = BucketOf(entry.CreatedAt);
            await _buckets.WriteAsync((list, bucket), () => session.WriteAsync(
                new("INSERT INTO list_buckets (list, owner, tag, bucket) VALUES (?, ?, ?, ?)", list.Kind, list.Owner, list.Tag, bucket),
                cancellationToken));
            await session.WriteAsync(
                new("INSERT INTO list_entries (list, owner, tag, bucket, created_at, name) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?",
                    list.Kind, list.Owner, list.Tag, bucket, entry.CreatedAt, entry.Name, version),
                cancellationToken);
        }));

    /// <summary>Removes an entry from lists, unless a version after <paramref name="version"/> has put it there.</summary>
    public Task RemoveAsync(IEnumerable<ListName> lists, ListEntry entry, long version, CancellationToken cancellationToken) =>
        Task.WhenAll(lists.Select(list => session.WriteAsync(
            new($"DELETE FROM list_entries USING TIMESTAMP ? WHERE {Partition} AND bucket = ? AND created_at = ? AND name = ?",
                version, list.Kind, list.Owner, list.Tag, BucketOf(entry.CreatedAt), entry.CreatedAt, entry.Name),
            cancellationToken)));

    /// <summary>Reads what the entries from a cursor on name.</summary>
    /// <param name="list">The list.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="limit">The most items.</param>
    /// <param name="scanned">The most entries looked at, <paramref name="limit"/> or more.</param>
    /// <param name="findAsync">Finds what an entry names; null: it is not, or no more, to be listed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<ListPart<T>> ReadAsync<T>(
        ListName list, ListCursor from, int limit, int scanned, Func<ListEntry, Task<T?>> findAsync, CancellationToken cancellationToken)
        where T : class
    {
        // One entry more than is looked at tells whether anything follows.
        var entries = await EntriesAsync(list, from, scanned + 1, cancellationToken);
        var items = new List<T>(Math.Min(limit, entries.Count));
        var seen = 0;
        while (seen < Math.Min(entries.Count, scanned) && items.Count < limit)
        {
            var chunk = entries.Take(scanned).Skip(seen).Take(LookupsAtOnce).ToList();
            var found = await Task.WhenAll(chunk.Select(findAsync));
            for (var i = 0; i < found.Length && items.Count < limit; i++, seen++)
            {
                if (found[i] is { } item) items.Add(item);
            }
        }

        return new(items, seen < entries.Count ? CursorAfter(entries[seen - 1]).ToString() : null);
    }

    private static ListCursor CursorAfter(ListEntry entry) => new(entry.CreatedAt.ToUnixTimeMilliseconds(), entry.Name);

    private Task<List<ListEntry>> EntriesAsync(ListName list, ListCursor from, int count, CancellationToken cancellationToken)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(from.Time, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        return TimeBuckets.ReadAsync(
            BucketOf(time), count,
            async (newest, limit) => (await session.ReadAsync(
                new($"SELECT bucket FROM list_buckets WHERE {Partition} AND bucket <= ? LIMIT ?",
                    list.Kind, list.Owner, list.Tag, newest, limit),
                cancellationToken)).ConvertAll(row => row.GetValue<int>("bucket")),
            async (bucket, limit) => (await session.ReadAsync(
                new($"SELECT created_at, name FROM list_entries WHERE {Partition} AND bucket = ? " +
                    "AND (created_at, name) < (?, ?) LIMIT ?",
                    list.Kind, list.Owner, list.Tag, bucket, time, from.Name, limit),
                cancellationToken)).Select(Read));
    }

    private int BucketOf(DateTimeOffset time) => (int)(time.ToUnixTimeMilliseconds() / (long)bucketLength.TotalMilliseconds);

    private static ListEntry Read(Row row) => new(row.GetValue<DateTimeOffset>("created_at"), row.GetValue<string>("name"));
}
