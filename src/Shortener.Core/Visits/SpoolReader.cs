using System.Buffers;

namespace Shortener.Core.Visits;

/// <summary>
/// Reads a segment that was closed, or whose process died at any moment. What is damaged, or was reserved and never written, is
/// passed over and counted; the records behind it are read.
/// </summary>
public sealed class SpoolReader : IDisposable
{
    private readonly int _length;
    private readonly uint _seed;
    private byte[] _bytes;
    private int _position = SegmentId.HeaderBytes;

    private SpoolReader(byte[] bytes, int length, uint seed) => (_bytes, _length, _seed) = (bytes, length, seed);

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>
    /// Stretches between records, or behind the last one, that held something else. Each is a lost record or more.
    /// </summary>
    public int Gaps { get; private set; }

    /// <summary>Bytes of all gaps.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Reads the file into memory.</summary>
    /// <exception cref="InvalidDataException">
    /// It is no segment, or one of another version: <see cref="VisitSpool.SetAside"/>.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SpoolReader Open(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        if (SegmentId.OfFile(path) is not { } id || length > Array.MaxLength)
            throw new InvalidDataException($"{path} is no segment.");

        // Not mapped: where a disk fails, this is an exception, and reading from a mapped file would kill the process.
        var bytes = ArrayPool<byte>.Shared.Rent((int)length);
        var reader = new SpoolReader(bytes, Fill(file, bytes.AsSpan(0, (int)length)), id.Seed);
        if (id.ProblemOf(bytes.AsSpan(0, reader._length)) is not { } problem) return reader;
        reader.Dispose();
        throw new InvalidDataException($"{path}: {problem}.");
    }

    /// <summary>Reads the next record, which is valid until the reader is disposed of; false: there is none.</summary>
    public bool TryRead(out VisitRecord record)
    {
        var gap = _position;
        while (_position < _length)
        {
            var rest = _bytes.AsSpan(_position, _length - _position);
            if (VisitRecord.TryRead(rest, _seed, out record))
            {
                if (_position > gap) CountGap(_position - gap);
                _position = Math.Min(_position + VisitRecord.PlaceOf(record.Length), _length);
                Records++;
                return true;
            }

            // The next record may begin at any multiple of the alignment, but not among zeros.
            var zeros = rest.IndexOfAnyExcept((byte)0);
            var step = zeros < 0 ? rest.Length : Math.Max(VisitRecord.Alignment, zeros & -VisitRecord.Alignment);
            _position += Math.Min(rest.Length, step);
        }

        // Zeros at the end are places that nobody took.
        var tail = 1 + _bytes.AsSpan(gap, _length - gap).LastIndexOfAnyExcept((byte)0);
        if (tail > 0) CountGap(tail);
        record = default;
        return false;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _bytes, []));

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> bytes)
    {
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes[filled..], filled) is var count and > 0) filled += count;
        return filled;
    }

    private void CountGap(int bytes) => (Gaps, SkippedBytes) = (Gaps + 1, SkippedBytes + bytes);
}
