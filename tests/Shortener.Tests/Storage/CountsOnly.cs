using Shortener.Core.Visits;

namespace Shortener.Tests.Storage;

/// <summary>A store of visits that keeps none one by one.</summary>
internal static class CountsOnly
{
    public static readonly VisitStoreSettings Settings = new(HoursKept: TimeSpan.FromDays(30), RawPerLink: 0, RawLifetime: TimeSpan.FromDays(30));
}
