using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Core.Visits.Accounts;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Core.Visits.Accounts;

/// <summary>
/// Links of ann and bob, one of them deleted and one made anew, and visits of every kind, which reach the store as a process
/// brings them there.
/// </summary>
internal sealed class VisitsOfEveryKind(IVisitStore visits, ILinkStore links, string suffix = "")
{
    public static readonly DateTimeOffset Noon = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How long the visits of a link are kept after its end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    public async Task MakeLinksAsync()
    {
        foreach (var (alias, owner) in new[] { ("promo", "ann"), ("sale", "bob"), ("gone", "ann"), ("again", "ann") }) await MakeAsync(alias, owner);
        foreach (var alias in new[] { "gone", "again" })
            Assert.True(await links.DeleteAsync(alias + suffix, 1, Guid.CreateVersion7(), Noon, default));
        await MakeAsync("again", "ann");
    }

    /// <summary>
    /// A segment: of promo a person's and a robot's visit, of sale and the new link a person's, of the links that are no more a
    /// robot's, and one of an unknown alias.
    /// </summary>
    public async Task AddAsync(int segments = 1, DateTimeOffset? start = null)
    {
        using var directory = new TemporaryDirectory();
        using var spool = VisitSpool.Open(
            new SpoolSettings { Directory = directory.Path, SegmentBytes = SpoolSettings.MinSegmentBytes * 16 }, TimeProvider.System);
        for (var segment = 0; segment < segments; segment++)
        {
            var time = (start ?? Noon).AddHours(segment % 12);
            var areAppended = Append(spool, "promo", 1, "ann", Chrome, time) & Append(spool, "promo", 1, "ann", "curl/8", time)
                & Append(spool, "sale", 1, "bob", Chrome, time) & Append(spool, "gone", 1, "ann", "curl/8", time)
                & Append(spool, "again", 1, "ann", "curl/8", time) & Append(spool, "again", 2, "ann", Chrome, time)
                & spool.TryAppend(new Visit { Time = time, Kind = VisitKind.UnknownAlias, UserAgent = "curl/8" });
            Assert.True(areAppended);
            await spool.RotateAsync(default);
        }

        await spool.StopAsync(default);
        await new VisitAggregator(spool, new VisitCounter(new(null)), visits, TimeProvider.System).RunAsync(default);
    }

    /// <summary>What the reconciliation of the store tells, a day after noon or at another time.</summary>
    public async Task<List<string>> ReconcileAsync(DateTimeOffset? now = null)
    {
        var told = new List<string>();
        var reconciliation = new VisitReconciliation(visits, links, Kept, new StillClock { Now = now ?? Noon.AddDays(1) });
        await foreach (var disagreement in reconciliation.RunAsync(default)) told.Add(disagreement);
        return told;
    }

    private bool Append(VisitSpool spool, string alias, int generation, string owner, string agent, DateTimeOffset time) =>
        spool.TryAppend(new Visit
        {
            Time = time, Alias = alias + suffix, Generation = generation, Owner = owner + suffix, UserAgent = agent, Visitor = 7,
            Referrer = "https://example.org/", AcceptLanguage = "de", Query = "?utm_source=news",
        });

    private async Task MakeAsync(string alias, string owner) =>
        Assert.NotNull(await links.InsertAsync(Samples.NewLink(alias + suffix, owner + suffix), default));
}
