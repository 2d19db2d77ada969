using Shortener.Core.Visits;
using Shortener.Tests.Core.Visits;

namespace Shortener.Tests.Storage.Contract;

/// <summary>
/// What every <see cref="IVisitStore"/> does. Each test has links of its own: the stores may hold those of others.
/// </summary>
public abstract partial class VisitStoreContract(IStoreData<IVisitStore> data) : StoreContract<IVisitStore>(data)
{
    private static readonly VisitDimension[] Dimensions =
        [VisitDimension.Total, VisitDimension.Referrer, VisitDimension.Country, VisitDimension.UtmContent];

    private readonly Guid _spool = Guid.CreateVersion7();
    private readonly VisitLedger _ledger = new();

    /// <summary>By which the stores fold hours into days.</summary>
    protected static TimeSpan HoursKept { get; } = TimeSpan.FromDays(30);

    /// <summary>What the stores are told.</summary>
    protected static VisitStoreSettings Settings { get; } = new(HoursKept, RawPerLink: 25, RawLifetime: TimeSpan.FromDays(10));

    private LinkGeneration Link { get; } = new($"link-{Guid.CreateVersion7():N}", 3);

    private LinkGeneration NewLink(string name) => Link with { Alias = $"{Link.Alias}-{name}" };

    /// <summary>One visit of a link, in a segment of its own.</summary>
    private SegmentCounts OneVisit(LinkGeneration link, DateTimeOffset time, bool isBot = false)
    {
        var segment = new SegmentCounts();
        _ledger.Visit(segment, link, time, isBot, values: (VisitDimension.Country, "DE"));
        return segment;
    }

    private async Task StoreAsync(long number, SegmentCounts segment, DateTimeOffset now, Guid? spool = null)
    {
        await Store.AddAsync(spool ?? _spool, number, segment, now, Token);
        await Store.MarkStoredAsync(spool ?? _spool, number, Token);
    }

    /// <summary>At a time at which all that was stored until then is folded.</summary>
    private Task RollUpAsync(DateTimeOffset now) => Store.RollUpAsync(now.AddHours(1), Token);

    private Task<IReadOnlyList<VisitCount>> ReadAsync(
        LinkGeneration link, VisitInterval interval, VisitDimension dimension = VisitDimension.Total) =>
        Store.ReadAsync(new(link, Noon.AddDays(-100), Noon.AddDays(100), dimension, interval), Token);

    /// <summary>The store answers every question about the links as the ledger does.</summary>
    private async Task AssertAllAsync(params IReadOnlyList<LinkGeneration> links)
    {
        foreach (var link in links)
        {
            foreach (var dimension in Dimensions)
            {
                foreach (var interval in Enum.GetValues<VisitInterval>())
                {
                    var query = new VisitQuery(link, Noon.AddDays(-100), Noon.AddDays(100), dimension, interval);
                    Assert.Equal(_ledger.Answer(query), await Store.ReadAsync(query, Token));
                }
            }
        }

        Assert.Equal(links.Select(_ledger.TotalOf), await Store.TotalsAsync(links, Token));
    }
}
