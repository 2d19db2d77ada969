using System.Runtime.InteropServices;

namespace Shortener.Core.Visits;

/// <summary>
/// An open segment, to which any number of threads append at once. Each reserves its place by one interlocked step, copies its
/// record there and writes the record's first word, length and checksum, last. Who closes the segment reads those words to learn
/// that nobody is at work in it any more, so that an append has nothing to announce.
/// </summary>
internal sealed class SpoolSegment
{
    /// <summary>Where the next record would begin in a segment that takes no more.</summary>
    private const long Sealed = long.MaxValue / 2;

    private readonly SegmentFile? _file;
    private readonly long _capacity;
    private PaddedLong _reserved;
    private volatile SpoolSegment? _next;
    private volatile TaskCompletionSource? _publication;
    private int _refused;
    private long _end = -1;
    private long _checked = SegmentId.HeaderBytes;
    private long _records;

    /// <summary>A segment for <paramref name="file"/>; null: one that is closed, for as long as there is no other.</summary>
    public SpoolSegment(SegmentFile? file)
    {
        (_file, _capacity, IsClosed) = (file, file?.Length ?? 0, file is null);
        _reserved.Value = IsClosed ? Sealed : SegmentId.HeaderBytes;
    }

    /// <summary>The segment after this one; null: it is not ready.</summary>
    public SpoolSegment? Next { get => _next; set => _next = value; }

    /// <summary>Whether it takes no more and its file is out of memory.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether something was appended.</summary>
    public bool HasRecords => Volatile.Read(ref _reserved.Value) > SegmentId.HeaderBytes;

    /// <summary>Whether it had no place for a record.</summary>
    public bool IsFull => Volatile.Read(ref _refused) != 0;

    /// <summary>When somebody first noticed that something was appended, as a time stamp; null: nobody did.</summary>
    public long? NoticedAt { get; set; }

    /// <summary>Appends a record; false: it has no place here.</summary>
    public bool TryAppend(ReadOnlySpan<byte> record)
    {
        if (!TryReserve(record.Length, out var place)) return false;
        Publish(place, record);
        return true;
    }

    /// <summary>Reserves a place for a record of so many bytes; whoever gets it calls <see cref="Publish"/>.</summary>
    public bool TryReserve(int length, out long place)
    {
        var size = VisitRecord.PlaceOf(length);
        do
        {
            place = Volatile.Read(ref _reserved.Value);
            if (place + size > _capacity) return false;
        }
        while (Interlocked.CompareExchange(ref _reserved.Value, place + size, place) != place);
        return true;
    }

    /// <summary>Writes the record to its place.</summary>
    public unsafe void Publish(long place, ReadOnlySpan<byte> record)
    {
        var target = _file!.Bytes + place;
        var rest = record[VisitRecord.WordBytes..];
        rest.CopyTo(new Span<byte>(target + VisitRecord.WordBytes, rest.Length));
        Volatile.Write(ref *(ulong*)target, MemoryMarshal.Read<ulong>(record));

        // See CloseAsync for why this reads what was there after the word was.
        _publication?.TrySetResult();
    }

    /// <summary>Remembers that it had no place for a record; true for the first one.</summary>
    public bool Refuse() => Volatile.Read(ref _refused) == 0 && Interlocked.Exchange(ref _refused, 1) == 0;

    /// <summary>Takes no more from now on.</summary>
    public void Seal()
    {
        var end = Interlocked.Exchange(ref _reserved.Value, Sealed);
        if (end != Sealed) _end = end;
    }

    /// <summary>
    /// Seals it, waits until every record that has a place is there, and closes the file. Stopped, it stays sealed and can be
    /// closed later. One caller at a time.
    /// </summary>
    /// <returns>What it was; null: it had no records, and is gone.</returns>
    public async Task<ClosedSegment?> CloseAsync(CancellationToken cancellationToken)
    {
        Seal();
        while (true)
        {
            // The barrier is the other half of the one that Publish saves: either the word is seen here, or this source there.
            var publication = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _publication = publication;
            Interlocked.MemoryBarrierProcessWide();
            if (IsAllPublished()) break;
            await publication.Task.WaitAsync(cancellationToken);
        }

        var file = _file!;
        IsClosed = true;
        var bytes = file.Close(_end);
        if (_records > 0) return new ClosedSegment(file.Id.Spool, file.Id.Number, file.Path, bytes, _records);
        File.Delete(file.Path);
        return null;
    }

    private unsafe bool IsAllPublished()
    {
        while (_checked < _end)
        {
            var word = Volatile.Read(ref *(ulong*)(_file!.Bytes + _checked));
            if (word == 0) return false;
            _checked += VisitRecord.PlaceOf((int)(uint)word);
            _records++;
        }

        return true;
    }

    /// <summary>Alone on its cache lines: what only readers need does not move when it changes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct PaddedLong
    {
        [FieldOffset(128)]
        public long Value;
    }
}
