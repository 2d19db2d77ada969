namespace Shortener.Core.Visits;

/// <summary>Why a visit was not kept.</summary>
public enum DropReason
{
    /// <summary>
    /// The segments have <see cref="SpoolSettings.MaxBytes"/>: they are not stored and deleted as fast as visits come.
    /// </summary>
    Full,

    /// <summary>The next segment was not ready: visits come faster than the disk gives room; or the spool was stopped.</summary>
    NotReady,

    /// <summary>The disk is full or fails: <see cref="VisitSpool.DiskFailure"/>.</summary>
    NoDisk,
}
