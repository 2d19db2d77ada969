namespace Shortener.Core.Visits;

/// <summary>Where a spool is and how large it may get.</summary>
public sealed record SpoolSettings
{
    /// <summary>How the names of files end in which visits wait.</summary>
    public const string SegmentExtension = ".visits";

    /// <summary>How the names of files end that cannot be read.</summary>
    public const string SetAsideExtension = ".set-aside";

    /// <summary>The fewest bytes of a segment.</summary>
    public const int MinSegmentBytes = 4096;

    /// <summary>The folder, which processes of one machine may share.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Bytes of a segment while it is open, <see cref="MinSegmentBytes"/> to 1 GiB. One more is kept ready, so that twice this is
    /// how much a burst may bring while the disk is slow.
    /// </summary>
    public int SegmentBytes { get; init; } = 8 << 20;

    /// <summary>
    /// The most bytes of all segments that this process has, with those it found; three segments or more. What does not fit is
    /// dropped and counted.
    /// </summary>
    public long MaxBytes { get; init; } = 1 << 30;

    /// <summary>The longest that a visit waits before its segment is closed and handed over, 10 ms or more.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, MinSegmentBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SegmentBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 3L * SegmentBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAge, TimeSpan.FromMilliseconds(10));
    }
}
