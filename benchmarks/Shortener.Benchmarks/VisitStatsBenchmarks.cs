using BenchmarkDotNet.Attributes;
using Shortener.Core.Visits;
using Shortener.Storage.Sqlite;

namespace Shortener.Benchmarks;

/// <summary>
/// What one link's visits are over 90 days by day and referrer, from SQLite: alone in the store, and among a million visits of
/// 10,000 links. Each link has 100 visits, on 60 of the days or so, in all dimensions.
/// </summary>
public class VisitStatsBenchmarks
{
    private const int Links = 10_000;
    private const int VisitsPerLink = 100;
    private const int Days = 90;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private string _directory = "";
    private SqliteDatabase _database = null!;
    private SqliteVisitStore _store = null!;
    private int _next;

    // Blocking: in-process, BenchmarkDotNet 0.14 does not wait for a setup that returns a task (its issue 1738).
    [GlobalSetup(Target = nameof(OneLinkAlone))]
    public void SetUpAlone() => SetUpAsync(1).GetAwaiter().GetResult();

    [GlobalSetup(Target = nameof(OneLinkAmongMany))]
    public void SetUpMany() => SetUpAsync(Links).GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp()
    {
        _database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public Task<int> OneLinkAlone() => ReadAsync(0);

    /// <summary>Each time another one, so that its pages are not those read last.</summary>
    [Benchmark]
    public Task<int> OneLinkAmongMany() => ReadAsync(_next = (_next + 7919) % Links);

    private async Task<int> ReadAsync(int link)
    {
        var query = new VisitQuery(LinkOf(link), Start, Start.AddDays(Days), VisitDimension.Referrer, VisitInterval.Day);
        var counts = await _store.ReadAsync(query, CancellationToken.None);
        return counts.Sum(count => count.People) == VisitsPerLink
            ? counts.Count
            : throw new InvalidOperationException("These are not all visits.");
    }

    private static LinkGeneration LinkOf(int number) => new($"{number:0000000}", 1);

    private async Task SetUpAsync(int links)
    {
        _directory = Directory.CreateTempSubdirectory("visits").FullName;
        _database = SqliteDatabase.Open(new SqliteSettings(_directory, MaxBytes: 0, BusyTimeout: TimeSpan.FromSeconds(5)));
        _store = new SqliteVisitStore(_database, new(TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30)));
        // Visits come in the order of time, so that the days of a link are written with those of all others in between.
        var random = new Random(1);
        var visits = Enumerable.Range(0, links * VisitsPerLink)
            .Select(visit => (Link: visit % links, Time: Start.AddMinutes(random.Next(Days * 24 * 60))))
            .OrderBy(visit => visit.Time);
        var (spool, number) = (Guid.CreateVersion7(), 0);
        foreach (var segment in visits.GroupBy(visit => visit.Time.DayOfYear))
            await _store.AddAsync(spool, ++number, CountsOf(segment, random), segment.First().Time, CancellationToken.None);
        await _store.RollUpAsync(Start.AddDays(Days), CancellationToken.None);
    }

    private static SegmentCounts CountsOf(IEnumerable<(int Link, DateTimeOffset Time)> visits, Random random)
    {
        var counts = new SegmentCounts();
        foreach (var (link, time) in visits)
        {
            var day = counts.On(LinkOf(link), time);
            day.Visitors.Add((ulong)random.NextInt64());
            foreach (var dimension in Enum.GetValues<VisitDimension>())
                day.Add(time.Hour, dimension, dimension == VisitDimension.Total ? "" : $"value-{random.Next(20)}.example", 1, 0);
        }

        return counts;
    }
}
