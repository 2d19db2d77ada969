namespace Shortener.Core.Visits;

/// <summary>
/// The open segments of a spool in a row. Appends go to the current one, and on to the next by themselves; the upkeep makes
/// segments ready ahead of them and closes segments behind them.
/// </summary>
internal sealed class SegmentList
{
    /// <summary>How long a disk that failed is left alone: trying means writing a segment full of zeros.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly SpoolDirectory _directory;
    private readonly SpoolSettings _settings;
    private readonly TimeProvider _time;

    // In this order in the list, or the same: what may have to be closed, what is appended to, what is last.
    private SpoolSegment _oldest, _current, _last;
    private long _number;
    private long _failedAt;
    private volatile DropReason _shortage = DropReason.NotReady;

    public SegmentList(SpoolDirectory directory, SpoolSettings settings, TimeProvider time)
    {
        (_directory, _settings, _time) = (directory, settings, time);
        _oldest = _current = _last = new SpoolSegment(file: null);
    }

    /// <summary>Why there was no place, where there was none.</summary>
    public DropReason Shortage => _shortage;

    /// <summary>Why the disk gave no room for the next segment; null: it did.</summary>
    public Exception? DiskFailure { get; private set; }

    /// <summary>The segment that is appended to.</summary>
    public SpoolSegment Current => Volatile.Read(ref _current);

    /// <summary>Appends a record; false: there is no place. For any number of threads.</summary>
    /// <param name="record">The record.</param>
    /// <param name="hasMoved">Whether there is something to do for the upkeep now.</param>
    public bool TryAppend(ReadOnlySpan<byte> record, out bool hasMoved)
    {
        hasMoved = false;
        var segment = Current;
        while (!segment.TryAppend(record))
        {
            if (segment.Next is null)
            {
                hasMoved |= segment.Refuse();
                return false;
            }

            hasMoved |= Leave(segment);
            segment = Current;
        }

        return true;
    }

    /// <summary>Makes the next segment, where there is none.</summary>
    public void MakeReady()
    {
        while (_last == Current)
        {
            if (_directory.Bytes + _settings.SegmentBytes > _settings.MaxBytes)
            {
                (_shortage, DiskFailure) = (DropReason.Full, null);
                return;
            }

            if (DiskFailure is not null && _time.GetElapsedTime(_failedAt) < RetryAfter) return;
            try
            {
                var last = new SpoolSegment(_directory.Create(_number + 1, _settings.SegmentBytes));
                _last.Next = last;
                (_last, _number, _shortage, DiskFailure) = (last, _number + 1, DropReason.NotReady, null);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                (_shortage, DiskFailure, _failedAt) = (DropReason.NoDisk, failure, _time.GetTimestamp());
                return;
            }

            if (Current.IsClosed) Leave(Current);
        }
    }

    /// <summary>Closes the oldest segment if that is due.</summary>
    /// <param name="mustClose">What is due whatever its age.</param>
    /// <param name="cancellationToken">Ends the wait for appends that are under way in it; it is closed the next time
    /// then.</param>
    /// <returns>Whether it was, and the segment if it had records.</returns>
    public async Task<(bool IsDone, ClosedSegment? Segment)> CloseOldestAsync(
        Predicate<SpoolSegment> mustClose, CancellationToken cancellationToken)
    {
        while (_oldest.IsClosed && _oldest.Next is { } next) _oldest = next;
        if (_oldest.IsClosed || !(mustClose(_oldest) || IsDue(_oldest))) return (false, null);
        if (_oldest.Next is not null) Leave(_oldest);
        var closed = await _oldest.CloseAsync(cancellationToken);
        _directory.Add(closed, _settings.SegmentBytes);
        return (true, closed);
    }

    /// <summary>Takes no more.</summary>
    public void Seal()
    {
        for (var segment = _oldest; segment is not null; segment = segment.Next) segment.Seal();
    }

    /// <summary>
    /// Whether it is behind the current one, has no place, or is old enough. Its age counts from the tick that noticed its first
    /// record and is looked at by ticks, each a quarter of the most age: from half of that on, the next tick may be too late.
    /// </summary>
    private bool IsDue(SpoolSegment segment)
    {
        if (segment != Current || segment.IsFull) return true;
        if (!segment.HasRecords) return false;
        segment.NoticedAt ??= _time.GetTimestamp();
        return segment.Next is not null && _time.GetElapsedTime(segment.NoticedAt.Value) >= _settings.MaxAge / 2;
    }

    /// <summary>Makes the next segment the current one; false: it is, or was.</summary>
    private bool Leave(SpoolSegment segment) => Interlocked.CompareExchange(ref _current, segment.Next!, segment) == segment;
}
