using System.Threading.Channels;

namespace Shortener.Core.Visits.Live;

/// <summary>
/// Where redirects offer visits to who follows them. Without such it is one read of a field; with, a copy of the visit, which is
/// read on another thread. It never waits.
/// </summary>
public sealed class VisitTap(LiveVisits live, VisitReader reader)
{
    /// <summary>Copies that wait to be read; further visits are left out.</summary>
    private const int Waiting = 1_000;

    /// <summary>The copies never leave memory, where nothing damages them.</summary>
    private const uint NoSeed = 0;

    private readonly Channel<(WantedTopic Wanted, byte[] Record)> _channel =
        Channel.CreateBounded<(WantedTopic, byte[])>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    /// <summary>Offers a visit.</summary>
    public void Offer(in Visit visit)
    {
        foreach (var wanted in live.Wanted)
        {
            if (visit.Kind != VisitKind.Followed || !wanted.Topic.Covers(visit.Owner, visit.Alias) || !wanted.TryTake(visit.Time)) continue;
            var record = new byte[VisitRecord.MaxBytes];
            VisitRecord.Write(visit, NoSeed, record);
            if (!_channel.Writer.TryWrite((wanted, record))) wanted.LeaveOut();
        }
    }

    /// <summary>Reads and tells what was offered, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var (wanted, bytes) in _channel.Reader.ReadAllAsync(cancellationToken)) Tell(wanted, bytes);
    }

    private void Tell(WantedTopic wanted, byte[] bytes)
    {
        if (!VisitRecord.TryRead(bytes, NoSeed, out var record))
            throw new InvalidOperationException("A visit that was written cannot be read.");
        live.TellAll(new LiveVisit(
            wanted.Topic, VisitReader.LinkOf(record).Alias, new RawVisit(record.Time, reader.Read(record)), wanted.TakeLeftOut()));
    }
}
