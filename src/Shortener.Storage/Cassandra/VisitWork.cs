using Shortener.Core.Visits;

namespace Shortener.Storage.Cassandra;

/// <summary>What is to be done for a link: its pending counts folded, or the hours of a month.</summary>
internal readonly record struct VisitTask(LinkGeneration Link, int? Month);

/// <summary>
/// Work that is due at some time, in buckets of ten minutes: one bucket is done as a whole, when nobody writes to it any more,
/// and then deleted as a whole. Entries may be done twice, and by several processes at once.
/// </summary>
internal sealed class VisitWork(CassandraSession session)
{
    /// <summary>A link with visits is folded once in this time.</summary>
    private static readonly TimeSpan BucketLength = TimeSpan.FromMinutes(10);

    /// <summary>How much the clocks of two processes may differ, with the time that a write takes.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Partitions of a bucket: at 20,000 visits a second, each to another link, 750,000 entries are in each.</summary>
    private const int Shards = 16;

    private const int EntriesPerRead = 1_000;
    private const int BucketsPerRead = 100;
    private const int AtOnce = 16;
    private const int MaxKnown = 100_000;

    private const string Partition = "datacenter = ? AND bucket = ? AND shard = ?";

    /// <summary>Entries that this process has written, so that it need not write them again.</summary>
    private readonly WrittenOnce<(VisitTask Task, int Bucket)> _written = new(MaxKnown);

    /// <summary>Writes down that something is to be done at that time.</summary>
    public Task AddAsync(VisitTask task, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var bucket = BucketOf(due);
        return _written.WriteAsync((task, bucket), async () =>
        {
            await session.WriteAsync(
                new("INSERT INTO visit_buckets (datacenter, bucket) VALUES (?, ?)", session.Datacenter, bucket),
                cancellationToken);
            await session.WriteAsync(
                new("INSERT INTO visit_work (datacenter, bucket, shard, alias, generation, month) VALUES (?, ?, ?, ?, ?, ?)",
                    session.Datacenter, bucket, AliasShard.Of(task.Link.Alias, Shards), task.Link.Alias, task.Link.Generation,
                    task.Month ?? 0),
                cancellationToken);
        });
    }

    /// <summary>Does all that is due.</summary>
    public async Task DoAsync(
        DateTimeOffset now, Func<VisitTask, CancellationToken, ValueTask> doAsync, CancellationToken cancellationToken)
    {
        var (done, next) = (0, BucketOf(now - Grace));
        while (true)
        {
            var buckets = await session.ReadAsync(
                new($"SELECT bucket FROM visit_buckets WHERE datacenter = ? AND bucket > ? AND bucket < ? LIMIT {BucketsPerRead}",
                    session.Datacenter, done, next),
                cancellationToken);
            foreach (var row in buckets)
            {
                done = row.GetValue<int>("bucket");
                for (var shard = 0; shard < Shards; shard++) await DoShardAsync(done, shard, doAsync, cancellationToken);
                await session.WriteAsync(
                    new("DELETE FROM visit_buckets WHERE datacenter = ? AND bucket = ?", session.Datacenter, done),
                    cancellationToken);
            }

            if (buckets.Count < BucketsPerRead) return;
        }
    }

    private async Task DoShardAsync(
        int bucket, int shard, Func<VisitTask, CancellationToken, ValueTask> doAsync, CancellationToken cancellationToken)
    {
        var (last, count) = (new VisitTask(new("", -1), 0), EntriesPerRead);
        while (count == EntriesPerRead)
        {
            var rows = await session.ReadAsync(
                new($"SELECT alias, generation, month FROM visit_work WHERE {Partition} " +
                    $"AND (alias, generation, month) > (?, ?, ?) LIMIT {EntriesPerRead}",
                    session.Datacenter, bucket, shard, last.Link.Alias, last.Link.Generation, last.Month ?? 0),
                cancellationToken);
            var tasks = rows.ConvertAll(row => new VisitTask(
                new(row.GetValue<string>("alias"), row.GetValue<int>("generation")),
                row.GetValue<int>("month") is var month and not 0 ? month : null));
            await Parallel.ForEachAsync(
                tasks, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, doAsync);
            count = rows.Count;
            if (count > 0) last = tasks[^1];
        }

        await session.WriteAsync(
            new($"DELETE FROM visit_work WHERE {Partition}", session.Datacenter, bucket, shard), cancellationToken);
    }

    private static int BucketOf(DateTimeOffset time) =>
        (int)(time.ToUnixTimeMilliseconds() / (long)BucketLength.TotalMilliseconds);
}
