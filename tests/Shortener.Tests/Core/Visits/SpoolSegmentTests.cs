using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>What an append that is under way, or never ends, means for who closes or reads the segment.</summary>
public sealed class SpoolSegmentTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SegmentId _id = new(Guid.CreateVersion7(), 1);
    private readonly SegmentFile _file;
    private readonly SpoolSegment _segment;

    public SpoolSegmentTests()
    {
        _file = SegmentFile.Create(_directory.Path, _id, SpoolSettings.MinSegmentBytes);
        _segment = new SpoolSegment(_file);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Closing_waits_for_the_appends_under_way()
    {
        var (first, second) = (Reserve(1), Reserve(2));
        var closing = _segment.CloseAsync(CancellationToken.None);
        Assert.False(_segment.TryAppend(NumberedVisit.Record(3, _id.Spool)));

        _segment.Publish(second, NumberedVisit.Record(2, _id.Spool));
        Assert.False(closing.IsCompleted);
        _segment.Publish(first, NumberedVisit.Record(1, _id.Spool));

        var closed = await closing;
        Assert.Equal(new ClosedSegment(_id.Spool, 1, _file.Path, new FileInfo(_file.Path).Length, Records: 2), closed);
        Assert.Equal([1, 2], NumberedVisit.ReadAll(_file.Path));
    }

    [Fact]
    public async Task Closing_can_be_stopped_and_done_later()
    {
        var place = Reserve(1);
        using var stop = new CancellationTokenSource();
        var closing = _segment.CloseAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);

        _segment.Publish(place, NumberedVisit.Record(1, _id.Spool));
        await _segment.CloseAsync(CancellationToken.None);
        Assert.Equal([1], NumberedVisit.ReadAll(_file.Path));
    }

    [Fact]
    public void What_was_appended_is_in_the_file_though_it_is_open_and_places_never_filled_hide_nothing()
    {
        Append(1);
        Reserve(2);
        Append(3);
        Reserve(4);
        Reserve(5);
        Append(6);
        Reserve(7);

        using var reader = SpoolReader.Open(_file.Path);
        Assert.Equal([1, 3, 6], NumberedVisit.ReadAll(reader));
        Assert.Equal((3, 2), (reader.Records, reader.Gaps));
        int[] lost = [2, 4, 5];
        var lengths = lost.Select(number => NumberedVisit.Record(number, _id.Spool).Length);
        Assert.Equal(lengths.Sum(VisitRecord.PlaceOf), reader.SkippedBytes);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(2, reader.Gaps);
    }

    [Fact]
    public async Task An_empty_segment_leaves_nothing()
    {
        Assert.Null(await _segment.CloseAsync(CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    [Fact]
    public void A_record_longer_than_what_is_left_is_refused_and_a_shorter_one_has_its_place()
    {
        var number = 0;
        while (_segment.TryReserve(1_000, out _)) number++;

        Assert.Equal(4, number);
        Assert.True(_segment.TryReserve(SpoolSettings.MinSegmentBytes - SegmentId.HeaderBytes - 4 * 1_000, out _));
        Assert.False(_segment.TryReserve(1, out _));
    }

    private void Append(int number) => Assert.True(_segment.TryAppend(NumberedVisit.Record(number, _id.Spool)));

    private long Reserve(int number)
    {
        Assert.True(_segment.TryReserve(NumberedVisit.Record(number, _id.Spool).Length, out var place));
        return place;
    }
}
