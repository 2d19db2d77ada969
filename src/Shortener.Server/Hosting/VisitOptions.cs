using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>How visits are kept.</summary>
public sealed class VisitOptions
{
    /// <summary>The age of hours that become a day.</summary>
    [Setting("How long visits are kept by the hour; older ones are kept by the UTC day, so that statistics in another " +
        "time zone show them on the day in which that begins.", Min = "2.00:00:00", Max = "3660.00:00:00")]
    public TimeSpan HoursKept { get; set; } = TimeSpan.FromDays(90);
}
