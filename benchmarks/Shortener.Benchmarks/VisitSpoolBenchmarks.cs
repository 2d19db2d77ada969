using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using Shortener.Core.Visits;

namespace Shortener.Benchmarks;

/// <summary>
/// Keeping a visit, a record of 252 bytes, by one thread and by two at once: in the spool, against a queue in memory, which a
/// killed process loses, and against one write to a file. Times are of the run divided by all visits.
/// </summary>
public class VisitSpoolBenchmarks
{
    private const int Visits = 100_000;
    private const string Alias = "OtHO8fz", Owner = "default", Language = "en-US,en;q=0.9,de;q=0.8";
    private const string Agent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private const string Referrer = "https://www.example.com/articles/a-page", Query = "?utm_source=letter";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shortener-benchmark-");
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _time = TimeProvider.System.GetUtcNow();
    private VisitSpool _spool = null!;
    private FileStream _file = null!;
    private Channel<Kept> _queue = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Open()
    {
        var settings = new SpoolSettings { Directory = _folder.FullName, SegmentBytes = 64 << 20, MaxBytes = 256 << 20 };
        _spool = VisitSpool.Open(settings, TimeProvider.System);
        var file = Path.Combine(_folder.FullName, "file");
        _file = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    /// <summary>
    /// A new segment, as the upkeep would have it ready: it makes one faster than visits come, but not faster than a benchmark.
    /// </summary>
    [IterationSetup]
    public void Renew()
    {
        _spool.RotateAsync(CancellationToken.None).GetAwaiter().GetResult();
        while (_spool.Closed.TryRead(out var segment)) _spool.Delete(segment);
        _spool.RotateAsync(CancellationToken.None).GetAwaiter().GetResult();
        _file.SetLength(0);
        _queue = Channel.CreateUnbounded<Kept>();
    }

    [GlobalCleanup]
    public void Close()
    {
        var dropped = Enum.GetValues<DropReason>().Sum(_spool.Dropped);
        _spool.Dispose();
        _file.Dispose();
        _folder.Delete(recursive: true);
        if (dropped > 0) throw new InvalidOperationException($"{dropped} visits were dropped.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Visits)]
    public void WriteToChannel() => OnThreads(() =>
        _queue.Writer.TryWrite(new Kept(_time, VisitKind.Followed, 1, 1, 1, Alias, Owner, Agent, Referrer, Language, Query)));

    [Benchmark(OperationsPerInvoke = Visits)]
    public void AppendToSpool() => OnThreads(() => _spool.TryAppend(NewVisit()));

    [Benchmark(OperationsPerInvoke = Visits)]
    public void WriteToFile() => OnThreads(() =>
    {
        Span<byte> record = stackalloc byte[VisitRecord.MaxBytes];
        record = record[..VisitRecord.Write(NewVisit(), seed: 1, record)];
        lock (_gate) _file.Write(record);
    });

    private Visit NewVisit() => new()
    {
        Time = _time, Kind = VisitKind.Followed, Generation = 1, Address = 1, Visitor = 1, Alias = Alias, Owner = Owner,
        UserAgent = Agent, Referrer = Referrer, AcceptLanguage = Language, Query = Query,
    };

    private void OnThreads(Action one)
    {
        var others = Enumerable.Range(1, Threads - 1).Select(_ => new Thread(Share)).ToList();
        others.ForEach(thread => thread.Start());
        Share();
        others.ForEach(thread => thread.Join());

        void Share()
        {
            for (var i = 0; i < Visits / Threads; i++) one();
        }
    }

    private sealed record Kept(
        DateTimeOffset Time, VisitKind Kind, int Generation, UInt128 Address, ulong Visitor, string Alias, string Owner,
        string Agent, string Referrer, string Language, string Query);
}
