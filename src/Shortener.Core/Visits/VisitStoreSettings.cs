namespace Shortener.Core.Visits;

/// <summary>How long visits are kept, and in what form.</summary>
/// <param name="HoursKept">The age up to which counts are kept by the hour; older ones are kept by the day.</param>
/// <param name="RawPerLink">The most visits that are kept, and shown, of each link one by one; 0: none.</param>
/// <param name="RawLifetime">The age up to which those are shown; soon after it they are removed.</param>
public sealed record VisitStoreSettings(TimeSpan HoursKept, int RawPerLink, TimeSpan RawLifetime);
