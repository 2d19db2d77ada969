namespace Shortener.Core.Visits;

/// <summary>
/// A segment to which nothing more comes, of this process or of a dead one, until <see cref="VisitSpool.Delete"/>.
/// </summary>
/// <param name="Spool">The spool: one for each start of a process.</param>
/// <param name="Number">Its number in the spool. They come in order; some may be missing.</param>
/// <param name="Path">Where its file is, for <see cref="SpoolReader.Open"/>.</param>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Records">How many visits were written to it; null: who wrote them died before it could say.</param>
public sealed record ClosedSegment(Guid Spool, long Number, string Path, long Bytes, long? Records);
