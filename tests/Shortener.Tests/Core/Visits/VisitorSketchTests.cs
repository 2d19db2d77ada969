using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public sealed class VisitorSketchTests
{
    private const double StandardError = 1.04 / 64;

    private static VisitorSketch Of(IEnumerable<ulong> visitors)
    {
        var sketch = new VisitorSketch();
        foreach (var visitor in visitors) sketch.Add(visitor);
        return sketch;
    }

    private static IEnumerable<ulong> Numbers(int seed, int count) =>
        Enumerable.Range(0, count).Select(i => ((ulong)seed << 32) + (ulong)i);

    [Fact]
    public void Nobody_is_0_and_one_is_1_however_often()
    {
        Assert.Equal(0, new VisitorSketch().Count);
        Assert.Equal(1, Of(Enumerable.Repeat(17ul, 1_000)).Count);
        Assert.Equal(1, Of([0]).Count);
    }

    /// <summary>
    /// The error over many sketches is the one that the theory gives, at every size, so also where representations change.
    /// </summary>
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(1_200)]
    [InlineData(5_000)]
    [InlineData(12_000)]
    [InlineData(40_000)]
    [InlineData(100_000)]
    public void The_error_is_that_of_the_paper(int visitors)
    {
        const int Sketches = 60;
        var errors = Enumerable.Range(1, Sketches)
            .Select(seed => (Of(Numbers(seed, visitors)).Count / (double)visitors) - 1).ToList();
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0, (StandardError * 1.25) + (0.5 / visitors));
        // The mean of so many has an error of its own; four of those is more than chance gives.
        Assert.InRange(errors.Average(), -4 * StandardError / Math.Sqrt(Sketches), 4 * StandardError / Math.Sqrt(Sketches));
        // Of a few visitors, two in one register are one less.
        var most = (4.5 * StandardError) + (1.0 / visitors);
        Assert.All(errors, error => Assert.InRange(error, -most, most));
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(50, 20_000)]
    [InlineData(20_000, 50)]
    [InlineData(900, 900)]
    [InlineData(20_000, 30_000)]
    public void Two_sketches_together_are_the_sketch_of_all_visitors(int one, int other)
    {
        var (left, right) = (Numbers(1, one).ToList(), Numbers(1, one / 2).Concat(Numbers(2, other)).ToList());
        var both = Of(left);
        both.Add(Of(right));
        Assert.Equal(Of(left.Concat(right)).ToBytes(), both.ToBytes());
        both.Add(Of(right));
        Assert.Equal(Of(right.Concat(left)).Count, both.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    [InlineData(200, 601)]
    [InlineData(1_000_000, 4_097)]
    public void Few_visitors_take_few_bytes(int visitors, int most) =>
        Assert.InRange(Of(Numbers(3, visitors)).ToBytes().Length, 1, most);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(1_100)]
    [InlineData(1_300)]
    [InlineData(50_000)]
    public void Bytes_become_the_same_sketch_again(int visitors)
    {
        var sketch = Of(Numbers(4, visitors));
        var copy = VisitorSketch.Parse(sketch.ToBytes());
        Assert.Equal(sketch.Count, copy.Count);
        Assert.Equal(sketch.ToBytes(), copy.ToBytes());
        foreach (var visitor in Numbers(5, 500)) (sketch, copy) = (Adding(sketch, visitor), Adding(copy, visitor));
        Assert.Equal(sketch.ToBytes(), copy.ToBytes());
    }

    [Fact]
    public void Bytes_that_no_sketch_wrote_are_refused()
    {
        byte[][] wrong =
            [[], [0], [3], [1, 0], [1, 16, 0, 1], [1, 0, 0, 54], [2], [2, 0, 0], [2, .. Enumerable.Repeat((byte)54, 4_096)]];
        foreach (var bytes in wrong) Assert.Throws<InvalidDataException>(() => VisitorSketch.Parse(bytes));
    }

    private static VisitorSketch Adding(VisitorSketch sketch, ulong visitor)
    {
        sketch.Add(visitor);
        return sketch;
    }
}
