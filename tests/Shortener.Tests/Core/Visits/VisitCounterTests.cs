using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>The visits that a segment hands over one by one.</summary>
public sealed class VisitCounterTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 12, 59, 59, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_last_visits_of_each_link_are_handed_over_with_their_own_time_and_the_same_place_each_time()
    {
        // Over the end of an hour; only the time differs.
        for (var pass = 0; pass < 2; pass++)
        {
            var last = (await CountAsync(perLink: 3)).LastVisits;
            Assert.Equal(
                ["busy 1 8 1800", "busy 1 10 2250", "busy 1 12 2700", "once 1 5 1000"],
                last.Select(visit => $"{visit.Link.Alias} {visit.Link.Generation} {visit.Index} {(visit.Visit.Time - Start).TotalMilliseconds}"));
            Assert.All(last, visit => Assert.True(visit.Visit.Details.IsBot));
            Assert.Equal(["news", "news", "news", ""], last.Select(visit => visit.Visit.Details.Utm.Source));
        }

        Assert.Empty((await CountAsync(perLink: 0)).LastVisits);
    }

    /// <summary>Visits of two links and of an unknown alias, in a segment of a new spool.</summary>
    private async Task<CountedSegment> CountAsync(int perLink)
    {
        using var spool = VisitSpool.Open(new SpoolSettings { Directory = _directory.Path }, TimeProvider.System);
        for (var i = 0; i < 6; i++)
        {
            if (i == 2) Append("once", "", 1_000);
            else Append("", "", 0, VisitKind.UnknownAlias);
            Append("busy", "?utm_source=news", i * 450 + 450);
        }

        await spool.StopAsync(Token);
        var segment = Assert.Single(NumberedVisit.TakeClosed(spool));
        using var reader = SpoolReader.Open(segment.Path);
        var counted = new VisitCounter(new(null), perLink).Count(reader);
        spool.Delete(segment);
        return counted;

        void Append(string alias, string query, int milliseconds, VisitKind kind = VisitKind.Followed) => Assert.True(spool.TryAppend(new Visit
        {
            Time = Start.AddMilliseconds(milliseconds), Kind = kind, Alias = alias, Generation = alias.Length == 0 ? 0 : 1, Owner = "ann",
            UserAgent = "curl/8", Query = query,
        }));
    }
}
