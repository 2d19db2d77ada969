using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Shortener.Core.Caching;

namespace Shortener.Core.Visits;

/// <summary>
/// Where visits wait until they are counted: files in memory, appended to without a system call and without a lock, so that no
/// redirect waits and a process that is killed loses nothing. (When the machine loses its power, what the system had not written
/// yet is lost.)
/// </summary>
public sealed class VisitSpool : IDisposable
{
    private readonly TimeSpan _tick;
    private readonly TimeProvider _time;
    private readonly SpoolDirectory _directory;
    private readonly SegmentList _segments;
    private readonly uint _seed;
    private readonly StripedCounter _captured = new();
    private readonly StripedCounter[] _dropped = [.. Enum.GetValues<DropReason>().Select(_ => new StripedCounter())];
    private readonly Channel<ClosedSegment> _closed = Channel.CreateUnbounded<ClosedSegment>();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _upkeep = new(1);
    private bool _isStopped;

    private VisitSpool(SpoolSettings settings, TimeProvider time)
    {
        (_tick, _time, Id) = (settings.MaxAge / 4, time, Guid.CreateVersion7(time.GetUtcNow()));
        _seed = SegmentId.SeedOf(Id);
        _directory = new SpoolDirectory(settings.Directory, Id);
        _segments = new SegmentList(_directory, settings, time);
    }

    /// <summary>This spool; another one at each start.</summary>
    public Guid Id { get; }

    /// <summary>Visits appended.</summary>
    public long Captured => _captured.Value;

    /// <summary>Bytes of the files of this process's segments: open ones, closed ones, and those that it took over.</summary>
    public long BytesUsed => _directory.Bytes;

    /// <summary>Closed segments that are not deleted yet.</summary>
    public int SegmentsWaiting => _directory.Waiting;

    /// <summary>Files that were found and are no segments of this version, where they are now; they are left to people.</summary>
    public IReadOnlyList<string> SetAsidePaths => _directory.SetAsidePaths;

    /// <summary>Why the disk gave no room for the next segment; null: it did. It is asked again after five seconds.</summary>
    public Exception? DiskFailure => _segments.DiskFailure;

    /// <summary>
    /// Closed segments, those of dead processes first, each spool's in order. One that is not deleted is there again after the
    /// next start. Ends after <see cref="StopAsync"/>.
    /// </summary>
    public ChannelReader<ClosedSegment> Closed => _closed.Reader;

    /// <summary>
    /// Opens a spool: takes over those of dead processes and makes the first segments. A full disk is no error.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static VisitSpool Open(SpoolSettings settings, TimeProvider time)
    {
        settings.Check();
        var spool = new VisitSpool(settings, time);
        foreach (var segment in spool._directory.Adopt()) spool._closed.Writer.TryWrite(segment);
        spool._segments.MakeReady();
        if (spool.DiskFailure is not UnauthorizedAccessException denied) return spool;
        spool.Dispose();
        throw new UnauthorizedAccessException($"The folder {settings.Directory} cannot be written.", denied);
    }

    /// <summary>Visits that were not kept, for this reason.</summary>
    public long Dropped(DropReason reason) => _dropped[(int)reason].Value;

    /// <summary>
    /// Keeps a visit; false: there is no place, and it was counted as dropped. Never waits. For any number of threads.
    /// </summary>
    [SkipLocalsInit]
    public bool TryAppend(in Visit visit)
    {
        Span<byte> record = stackalloc byte[VisitRecord.MaxBytes];
        record = record[..VisitRecord.Write(visit, _seed, record)];
        var isAppended = _segments.TryAppend(record, out var hasMoved);
        (isAppended ? _captured : _dropped[(int)_segments.Shortage]).Increment();
        if (hasMoved) Wake();
        return isAppended;
    }

    /// <summary>
    /// The upkeep, until it is stopped: has the next segment ready, closes what is full, and where there is a next one closes
    /// what is <see cref="SpoolSettings.MaxAge"/> old.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var timer = _time.CreateTimer(_ => Wake(), state: null, _tick, _tick);
        await foreach (var _ in _wake.Reader.ReadAllAsync(stopping)) await UpkeepAsync(mustClose: _ => false, stopping);
    }

    /// <summary>Closes and hands over all that was appended before the call, also what is neither full nor old.</summary>
    /// <exception cref="OperationCanceledException">It was stopped while an append was under way; nothing is lost.</exception>
    public Task RotateAsync(CancellationToken cancellationToken)
    {
        var current = _segments.Current;
        return UpkeepAsync(segment => segment == current && segment.HasRecords, cancellationToken);
    }

    /// <summary>Takes no more visits, closes what there is and ends <see cref="Closed"/>.</summary>
    /// <exception cref="OperationCanceledException">As for <see cref="RotateAsync"/>.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isStopped, true);
        await UpkeepAsync(mustClose: _ => true, cancellationToken);
        _closed.Writer.TryComplete();
    }

    /// <summary>Deletes a segment whose visits are stored; again changes nothing.</summary>
    /// <exception cref="IOException">The disk fails; the segment waits on.</exception>
    public void Delete(ClosedSegment segment)
    {
        _directory.Delete(segment);
        Wake();
    }

    /// <summary>
    /// Sets a segment aside that <see cref="SpoolReader"/> cannot open, under another name, so that those behind it are stored.
    /// </summary>
    public void SetAside(ClosedSegment segment) => _directory.SetAside(segment, "unreadable");

    /// <summary>
    /// Leaves what there is to the next process: without <see cref="StopAsync"/> as if this one had died. The upkeep has ended
    /// before.
    /// </summary>
    public void Dispose()
    {
        _segments.Seal();
        _closed.Writer.TryComplete();
        _directory.Dispose();
        _upkeep.Dispose();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task UpkeepAsync(Predicate<SpoolSegment> mustClose, CancellationToken cancellationToken)
    {
        await _upkeep.WaitAsync(cancellationToken);
        try
        {
            // Before and after: what is closed in between needs a segment behind it, and gives room.
            if (!_isStopped) _segments.MakeReady();
            while (await _segments.CloseOldestAsync(mustClose, cancellationToken) is (true, var closed))
            {
                if (closed is not null) _closed.Writer.TryWrite(closed);
            }

            if (!_isStopped) _segments.MakeReady();
        }
        finally
        {
            _upkeep.Release();
        }
    }
}
