using System.Threading.Channels;

namespace Shortener.Core.Visits.Live;

/// <summary>Somebody who follows a topic in this process, until it is disposed of.</summary>
public sealed class LiveFeed : IDisposable
{
    /// <summary>Visits that wait for a slow reader; older ones go first.</summary>
    private const int Waiting = 1_000;

    private readonly LiveVisits _visits;
    private readonly Channel<LiveVisit> _channel;
    private long _missed;

    internal LiveFeed(LiveVisits visits, LiveTopic topic)
    {
        (_visits, Topic) = (visits, topic);
        _channel = Channel.CreateBounded<LiveVisit>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            missed => Interlocked.Add(ref _missed, 1 + missed.LeftOut));
    }

    /// <summary>What it follows.</summary>
    public LiveTopic Topic { get; }

    /// <summary>Waits for a visit. One wait at a time.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>The next visit that has come, with all that were left out before it.</summary>
    public LiveVisit? TryRead() =>
        _channel.Reader.TryRead(out var visit) ? visit with { LeftOut = visit.LeftOut + Interlocked.Exchange(ref _missed, 0) } : null;

    /// <inheritdoc/>
    public void Dispose() => _visits.Close(this);

    internal void Tell(LiveVisit visit) => _channel.Writer.TryWrite(visit);
}
