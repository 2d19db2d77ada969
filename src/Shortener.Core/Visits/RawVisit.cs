namespace Shortener.Core.Visits;

/// <summary>One visit as it is kept and shown: without the address, masked or not, and without the visitor's number.</summary>
/// <param name="Time">When; whole milliseconds.</param>
/// <param name="Details">What is known of it.</param>
public readonly record struct RawVisit(DateTimeOffset Time, VisitDetails Details);

/// <summary>A visit as a segment hands it over.</summary>
/// <param name="Link">The link that was followed.</param>
/// <param name="Index">Its place among the segment's visits; each time that the segment is read the same.</param>
/// <param name="Visit">The visit.</param>
public readonly record struct SegmentVisit(LinkGeneration Link, int Index, RawVisit Visit);

/// <summary>Which visits are asked for: a link's, newest first.</summary>
/// <param name="Link">The link.</param>
/// <param name="Limit">The most visits on the page; 1 or more.</param>
/// <param name="Cursor">Where an earlier page ended; null: the newest visit.</param>
/// <param name="Now">The time from which the age of visits is counted.</param>
public sealed record RawVisitQuery(LinkGeneration Link, int Limit, string? Cursor, DateTimeOffset Now);

/// <summary>A page of visits and the opaque cursor of the next one; null: this was the last.</summary>
public sealed record RawVisitPage(IReadOnlyList<RawVisit> Items, string? NextCursor);
