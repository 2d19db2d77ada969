using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public sealed class DayCountsTests
{
    private static DayCounts Sample()
    {
        var counts = new DayCounts();
        counts.Add(0, VisitDimension.Total, "", 3, 1);
        counts.Add(23, VisitDimension.Total, "", long.MaxValue / 4, 0);
        counts.Add(23, VisitDimension.Referrer, "größe.example", 300, 2);
        counts.Add(DayCounts.WholeDay, VisitDimension.UtmContent, "😀", 1, 0);
        counts.Visitors.Add(17);
        return counts;
    }

    private static List<(string, int, VisitTotal)> All(DayCounts counts) =>
    [
        .. Enum.GetValues<VisitDimension>().SelectMany(
            dimension => counts.Of(dimension).Select(count => ($"{dimension}={count.Value}", count.Hour, count.Visits))),
    ];

    [Fact]
    public void Bytes_become_the_same_counts_again()
    {
        var copy = DayCounts.Parse(Sample().ToBytes());
        Assert.Equal(All(Sample()), All(copy));
        Assert.Equal(1, copy.Visitors.Count);
        Assert.Equal(1, DayCounts.ParseVisitors(Sample().ToBytes()).Count);
        Assert.Empty(All(DayCounts.Parse(new DayCounts().ToBytes())));
    }

    [Fact]
    public void One_dimension_can_be_read_alone()
    {
        var read = DayCounts.Parse(Sample().ToBytes(), VisitDimension.Referrer);
        Assert.Equal(("Referrer=größe.example", 23, new VisitTotal(300, 2)), Assert.Single(All(read)));
        Assert.Empty(All(DayCounts.Parse(Sample().ToBytes(), VisitDimension.Country)));
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_read_but_never_anything_else()
    {
        var bytes = Sample().ToBytes();
        Assert.Throws<InvalidDataException>(() => DayCounts.Parse([]));
        Assert.Throws<InvalidDataException>(() => DayCounts.Parse([2, .. bytes.AsSpan(1)]));
        Assert.Throws<InvalidDataException>(() => DayCounts.Parse(bytes[..^1]));
        var random = new Random(9);
        for (var round = 0; round < 5_000; round++)
        {
            var damaged = bytes[..random.Next(1, bytes.Length + 1)];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            foreach (var only in new VisitDimension?[] { null, VisitDimension.Referrer })
            {
                if (Record.Exception(() => DayCounts.Parse(damaged, only)) is { } failure)
                    Assert.IsType<InvalidDataException>(failure);
            }
        }
    }

    [Fact]
    public void Only_the_largest_values_are_kept_by_name()
    {
        var counts = new DayCounts();
        for (var round = 0; round < 3; round++)
        {
            counts.Add(round, VisitDimension.Referrer, "real.example", 2, 0);
            for (var i = 0; i < 2_000; i++) counts.Add(round, VisitDimension.Referrer, $"spam-{round}-{i}.example", 1, 0);
        }

        var stored = DayCounts.Parse(counts.ToBytes()).Of(VisitDimension.Referrer).ToList();
        Assert.Equal(DayCounts.MaxValues, stored.Select(count => count.Value).Distinct().Count());
        Assert.Equal(6_006, stored.Sum(count => count.Visits.People));
        Assert.Equal([2, 2, 2], stored.Where(count => count.Value == "real.example").Select(count => count.Visits.People));
        Assert.Equal([0, 1, 2], stored.Where(count => count.Value == DayCounts.Other).Select(count => count.Hour).Order());
        Assert.InRange(counts.Of(VisitDimension.Referrer).DistinctBy(count => count.Value).Count(), 1, 2 * DayCounts.MaxValues);
    }

    [Fact]
    public void Long_values_are_cut_between_characters()
    {
        var counts = new DayCounts();
        counts.Add(1, VisitDimension.UtmTerm, new string('x', DayCounts.MaxValueLength + 1), 1, 0);
        counts.Add(1, VisitDimension.UtmTerm, new string('x', DayCounts.MaxValueLength), 1, 0);
        counts.Add(1, VisitDimension.UtmContent, new string('y', DayCounts.MaxValueLength - 1) + "😀", 1, 0);
        Assert.Equal(2, Assert.Single(counts.Of(VisitDimension.UtmTerm)).Visits.People);
        Assert.Equal(new string('y', DayCounts.MaxValueLength - 1), Assert.Single(counts.Of(VisitDimension.UtmContent)).Value);
    }

    [Fact]
    public void Hours_become_a_day_with_the_same_sums()
    {
        var day = Sample().WithoutHours();
        Assert.True(Sample().HasHours);
        Assert.False(day.HasHours);
        Assert.Equal(Sample().Total, day.Total);
        Assert.Equal(("", DayCounts.WholeDay, Sample().Total), Assert.Single(day.Of(VisitDimension.Total)));
        Assert.Equal(1, day.Visitors.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(25)]
    public void There_is_no_other_hour(int hour) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DayCounts().Add(hour, VisitDimension.Total, "", 1, 0));
}
