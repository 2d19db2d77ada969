namespace Shortener.Core.Visits.Live;

/// <summary>
/// Who follows visits as they come, in this process and in others, and what they are told. Nothing is kept: a visit that nobody
/// follows is told to nobody.
/// </summary>
public sealed class LiveVisits(TimeProvider time)
{
    /// <summary>The most feeds in a process.</summary>
    public const int MaxFeeds = 100;

    /// <summary>The most of them that follow one owner's links: one owner leaves room for others.</summary>
    public const int MaxFeedsPerOwner = 20;

    /// <summary>The most topics that others follow: each costs every redirect a comparison.</summary>
    private const int MaxTopics = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<LiveTopic, long> _elsewhere = [];
    private volatile LiveFeed[] _feeds = [];
    private volatile WantedTopic[] _wanted = [];

    /// <summary>Told, on any thread, of each visit of this process that somebody in another one follows.</summary>
    public event Action<LiveVisit>? ToldElsewhere;

    /// <summary>Told that somebody here follows something new.</summary>
    public event Action<LiveTopic>? Opened;

    /// <summary>What is followed in this process.</summary>
    public IReadOnlyCollection<LiveTopic> Topics => _feeds.Select(feed => feed.Topic).ToHashSet();

    /// <summary>What redirects look at.</summary>
    internal WantedTopic[] Wanted => _wanted;

    /// <summary>Begins to follow a topic; null: there are <see cref="MaxFeeds"/>, or <see cref="MaxFeedsPerOwner"/>.</summary>
    public LiveFeed? TryOpen(LiveTopic topic)
    {
        LiveFeed feed;
        lock (_gate)
        {
            if (_feeds.Length >= MaxFeeds || _feeds.Count(other => other.Topic.Owner == topic.Owner) >= MaxFeedsPerOwner) return null;
            _feeds = [.. _feeds, feed = new LiveFeed(this, topic)];
            Refresh();
        }

        Opened?.Invoke(topic);
        return feed;
    }

    /// <summary>Somebody in another process follows a topic, and will say so again before this time is over.</summary>
    public void WantElsewhere(LiveTopic topic, TimeSpan lifetime)
    {
        lock (_gate)
        {
            foreach (var (ended, until) in _elsewhere)
            {
                if (until <= time.GetTimestamp()) _elsewhere.Remove(ended);
            }

            if (_elsewhere.Count < MaxTopics || _elsewhere.ContainsKey(topic))
                _elsewhere[topic] = time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
            Refresh();
        }
    }

    /// <summary>Tells who follows the topic here.</summary>
    public void Tell(LiveVisit visit)
    {
        foreach (var feed in _feeds)
        {
            if (feed.Topic == visit.Topic) feed.Tell(visit);
        }
    }

    /// <summary>Tells who follows the topic anywhere of a visit of this process.</summary>
    internal void TellAll(LiveVisit visit)
    {
        Tell(visit);
        bool isElsewhere;
        lock (_gate) isElsewhere = _elsewhere.TryGetValue(visit.Topic, out var until) && until > time.GetTimestamp();
        if (isElsewhere) ToldElsewhere?.Invoke(visit);
    }

    internal void Close(LiveFeed feed)
    {
        lock (_gate)
        {
            _feeds = [.. _feeds.Where(other => other != feed)];
            Refresh();
        }
    }

    private void Refresh() => _wanted =
    [
        .. _feeds.Select(feed => feed.Topic).Concat(_elsewhere.Keys).Distinct()
            .Select(topic => Array.Find(_wanted, wanted => wanted.Topic == topic) ?? new WantedTopic(topic)),
    ];
}
