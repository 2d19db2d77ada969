using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Visits;

namespace Shortener.Tests.Server.Stats;

/// <summary>Visits that tests put into the store of a service.</summary>
internal sealed class StoredVisits(RunningServer server)
{
    private readonly SegmentCounts _counts = new();

    public IVisitStore Store { get; } = server.Services.GetRequiredService<IVisitStore>();

    public static LinkGeneration AllOf(string owner) => new($"@{owner}", 0);

    public static DateTimeOffset Time(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    /// <summary>Visits in an hour, by a value of a dimension.</summary>
    public StoredVisits Add(
        LinkGeneration link, string time, long people, long bots = 0, VisitDimension dimension = VisitDimension.Total, string value = "")
    {
        _counts.On(link, Time(time)).Add(Time(time).UtcDateTime.Hour, dimension, value, people, bots);
        return this;
    }

    public StoredVisits Add(string alias, string time, long people, long bots = 0) => Add(new LinkGeneration(alias, 1), time, people, bots);

    public StoredVisits Add(string alias, string time, VisitDimension dimension, string value, long people, long bots = 0) =>
        Add(new LinkGeneration(alias, 1), time, people, bots, dimension, value);

    public StoredVisits AddVisitors(string alias, string time, params ulong[] visitors)
    {
        Add(alias, time, visitors.Length);
        foreach (var visitor in visitors) _counts.On(new LinkGeneration(alias, 1), Time(time)).Visitors.Add(visitor);
        return this;
    }

    public Task StoreAsync() => Store.AddAsync(Guid.NewGuid(), 1, _counts, server.Clock.GetUtcNow(), CancellationToken.None);
}
