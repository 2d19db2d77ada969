using Shortener.Core.Visits;
using Shortener.Core.Visits.Live;

namespace Shortener.Tests.Core.Visits.Live;

/// <summary>What a feed gets of what is told.</summary>
public sealed class LiveFeedTests
{
    private static readonly LiveTopic Topic = new("ann", "promo");

    private readonly StillClock _clock = new();
    private readonly LiveVisits _live;

    public LiveFeedTests() => _live = new LiveVisits(_clock);

    [Fact]
    public void A_slow_reader_gets_the_newest_and_is_told_how_many_are_missing()
    {
        using var feed = _live.TryOpen(Topic)!;
        for (var i = 0; i < 1_250; i++) _live.Tell(Told(Topic, i, leftOut: i == 1 ? 7 : 0));

        var first = feed.TryRead()!;
        Assert.Equal((250, 257L), (Second(first), first.LeftOut));
        var rest = 1;
        while (feed.TryRead() is not null) rest++;
        Assert.Equal(1_000, rest);
    }

    [Fact]
    public void What_was_left_out_is_told_once()
    {
        using var feed = _live.TryOpen(Topic)!;
        for (var i = 0; i < 1_001; i++) _live.Tell(Told(Topic, i, leftOut: i == 0 ? 7 : 0));

        Assert.Equal(8, feed.TryRead()!.LeftOut);
        Assert.Equal(0, feed.TryRead()!.LeftOut);
    }

    [Fact]
    public void Another_process_is_told_until_it_no_longer_says_that_it_follows()
    {
        var elsewhere = new List<LiveVisit>();
        _live.ToldElsewhere += elsewhere.Add;
        _live.WantElsewhere(Topic, TimeSpan.FromSeconds(15));
        _clock.Now += TimeSpan.FromSeconds(14);
        _live.TellAll(Told(Topic, 1));
        _clock.Now += TimeSpan.FromSeconds(1);
        _live.TellAll(Told(Topic, 2));

        Assert.Equal(1, Second(Assert.Single(elsewhere)));
        _live.WantElsewhere(new("ann", null), TimeSpan.FromSeconds(15));
        Assert.Equal([new LiveTopic("ann", null)], _live.Wanted.Select(wanted => wanted.Topic));
    }

    [Fact]
    public void A_feed_that_is_closed_wants_nothing_and_is_told_nothing()
    {
        var feed = _live.TryOpen(Topic)!;
        Assert.Equal([Topic], _live.Topics);
        feed.Dispose();
        _live.Tell(Told(Topic, 1));

        Assert.Null(feed.TryRead());
        Assert.Empty(_live.Wanted);
    }

    [Fact]
    public void Each_second_has_its_hundred_and_what_is_left_out_is_counted_once()
    {
        var wanted = new WantedTopic(Topic);
        for (var second = 0; second < 3; second++)
            Assert.Equal(100, Enumerable.Range(0, 150).Count(_ => wanted.TryTake(_clock.Now.AddSeconds(second))));

        Assert.Equal((150, 0), (wanted.TakeLeftOut(), wanted.TakeLeftOut()));
    }

    [Theory]
    [InlineData("ann", "promo", true)]
    [InlineData("ann", "Promo", false)]
    [InlineData("bob", "promo", false)]
    public void A_topic_covers_its_owners_link(string owner, string alias, bool isCovered)
    {
        Assert.Equal(isCovered, Topic.Covers(owner, alias));
        Assert.Equal(owner == "ann", new LiveTopic("ann", null).Covers(owner, alias));
    }

    private static LiveVisit Told(LiveTopic topic, int second, long leftOut = 0) => new(
        topic, "promo",
        new RawVisit(DateTimeOffset.UnixEpoch.AddSeconds(second), new(false, "", "", "", "", "", "", UtmFields.None)), leftOut);

    private static int Second(LiveVisit visit) => (int)visit.Visit.Time.ToUnixTimeSeconds();
}
