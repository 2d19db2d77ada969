using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>What one process finds of others.</summary>
public sealed class SpoolAdoptionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_a_dead_process_left_goes_to_exactly_one_in_order()
    {
        var dead = LeaveBehind(count: 60);
        var heirs = new VisitSpool[8];
        Parallel.For(0, heirs.Length, new ParallelOptions { MaxDegreeOfParallelism = heirs.Length }, i => heirs[i] = Open());

        var heir = Assert.Single(heirs, spool => spool.SegmentsWaiting > 0);
        var closed = NumberedVisit.TakeClosed(heir);
        Assert.All(closed, segment => Assert.Equal(dead, segment.Spool));
        Assert.Equal(closed.Select(segment => segment.Number).Order(), closed.Select(segment => segment.Number));
        Assert.Equal(Enumerable.Range(0, 60), closed.SelectMany(segment => NumberedVisit.ReadAll(segment.Path)));
        Assert.Equal(closed.Count, heir.SegmentsWaiting);
        Array.ForEach(heirs, spool => spool.Dispose());
    }

    [Fact]
    public void What_an_heir_did_not_delete_goes_to_the_next_and_then_nothing_is_left()
    {
        var dead = LeaveBehind(count: 60);
        int found;
        using (var first = Open())
        {
            var closed = NumberedVisit.TakeClosed(first);
            found = closed.Count;
            first.Delete(closed[0]);
        }

        using var second = Open();
        var rest = NumberedVisit.TakeClosed(second).Where(segment => segment.Spool == dead).ToList();
        Assert.Equal(found - 1, rest.Count);
        var before = second.BytesUsed;
        rest.ForEach(second.Delete);
        Assert.Equal(rest.Sum(segment => segment.Bytes), before - second.BytesUsed);
        Assert.Empty(Directory.EnumerateFiles(_directory.Path, $"{dead:N}*"));
    }

    [Fact]
    public void A_process_that_lives_keeps_what_is_its_own()
    {
        using var living = Open();
        Assert.True(NumberedVisit.TryAppend(living, 1));
        using var other = Open();

        Assert.Equal(0, other.SegmentsWaiting);
        Assert.True(NumberedVisit.TryAppend(living, 2));
    }

    [Theory]
    [InlineData("version-2")]
    [InlineData("damaged-header")]
    [InlineData("empty")]
    public void A_file_that_is_no_segment_of_this_version_is_set_aside_once_and_the_rest_is_read(string problem)
    {
        LeaveBehind(count: 60);
        var file = Directory.GetFiles(_directory.Path, "*-000000000002.visits").Single();
        var bytes = problem == "empty" ? [] : File.ReadAllBytes(file);
        if (problem == "version-2") bytes[8] = 2;
        if (problem == "damaged-header") bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);

        var reason = problem == "empty" ? "damaged-header" : problem;
        using (var spool = Open())
        {
            Assert.Equal($"{file}.{reason}.set-aside", Assert.Single(spool.SetAsidePaths));
            Assert.Equal(bytes, File.ReadAllBytes(spool.SetAsidePaths[0]));
            var read = NumberedVisit.TakeClosed(spool).Select(segment => segment.Number).ToList();
            Assert.Contains(1, read);
            Assert.DoesNotContain(2, read);
        }

        using var next = Open();
        Assert.Empty(next.SetAsidePaths);
    }

    [Fact]
    public void A_segment_that_cannot_be_read_later_is_set_aside_too()
    {
        LeaveBehind(count: 1);
        using var spool = Open();
        Assert.True(spool.Closed.TryRead(out var segment));
        spool.SetAside(segment);

        Assert.Equal([$"{segment.Path}.unreadable.set-aside"], spool.SetAsidePaths);
        Assert.True(File.Exists(spool.SetAsidePaths[0]));
        Assert.False(File.Exists(segment.Path));
    }

    [Fact]
    public void Where_a_name_is_taken_the_file_stays_and_the_process_starts()
    {
        var file = _directory.File(new SegmentId(Guid.CreateVersion7(), 1).FileName);
        File.WriteAllText(file, "of no use");
        File.WriteAllText($"{file}.damaged-header.set-aside", "there already");
        using var spool = Open();

        Assert.Equal([file], spool.SetAsidePaths);
        Assert.Equal("of no use", File.ReadAllText(file));
    }

    [Fact]
    public void Unfinished_segments_go_and_files_of_others_stay()
    {
        var unfinished = _directory.File(new SegmentId(Guid.CreateVersion7(), 1).FileName + ".new");
        string[] names = ["notes.txt", "x.visits", $"{Guid.CreateVersion7():N}-1.visits", "y.visits.new"];
        var others = names.Select(_directory.File).ToList();
        others.Append(unfinished).ToList().ForEach(file => File.WriteAllText(file, "text"));
        using var spool = Open();

        Assert.False(File.Exists(unfinished));
        Assert.All(others, file => Assert.True(File.Exists(file)));
        Assert.Equal(0, spool.SegmentsWaiting);
    }

    /// <summary>Visits 0, 1, 2 ... in segments of a process that ends as if it were killed.</summary>
    private Guid LeaveBehind(int count)
    {
        using var spool = Open();
        for (var number = 0; number < count; number++)
        {
            while (!NumberedVisit.TryAppend(spool, number)) spool.RotateAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        return spool.Id;
    }

    private VisitSpool Open() => VisitSpool.Open(
        new SpoolSettings { Directory = _directory.Path, SegmentBytes = 4096, MaxBytes = 1 << 20 }, TimeProvider.System);
}
