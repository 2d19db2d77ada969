using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>Whatever happens to the bytes of a segment, exactly the records that are as they were written are read.</summary>
public sealed class SpoolReaderProperties : IDisposable
{
    private const int Records = 30;

    private static readonly Gen<Edit> Edits =
        from kind in Gen.Frequency(
            (6, Gen.Constant(EditKind.Change)), (2, Gen.Constant(EditKind.Clear)), (1, Gen.Constant(EditKind.Cut)))
        from at in Gen.Choose(0, 1_000_000)
        from value in Gen.Choose(1, 255)
        select new Edit(kind, at, value);

    private readonly TemporaryDirectory _directory = new();
    private readonly SegmentId _id = new(Guid.CreateVersion7(), 1);
    private readonly List<(int Number, int At, int Length)> _places = [];
    private readonly byte[] _original;

    public SpoolReaderProperties()
    {
        var at = SegmentId.HeaderBytes;
        var bytes = new List<byte>(new byte[at]);
        for (var number = 1; number <= Records; number++)
        {
            var record = NumberedVisit.Record(number, _id.Spool);
            _places.Add((number, at, record.Length));
            bytes.AddRange([.. record, .. new byte[VisitRecord.PlaceOf(record.Length) - record.Length]]);
            at = bytes.Count;
        }

        _original = [.. bytes, .. new byte[200]];
        _id.WriteHeader(_original);
    }

    private enum EditKind
    {
        /// <summary>Another value for a byte.</summary>
        Change,

        /// <summary>So many zeros.</summary>
        Clear,

        /// <summary>Nothing from here on.</summary>
        Cut,
    }

    private string File => _directory.File(_id.FileName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Exactly_the_undamaged_records_are_read() =>
        Prop.ForAll(Edits.ListOf().ToArbitrary(), edits =>
        {
            var bytes = edits.Aggregate(_original, (before, edit) => Apply(edit, before, SegmentId.HeaderBytes));
            var undamaged = _places.Where(place => IsAsWritten(bytes, place.At, place.Length))
                .Select(place => place.Number).ToList();
            System.IO.File.WriteAllBytes(File, bytes);

            using var reader = SpoolReader.Open(File);
            Assert.Equal(undamaged, NumberedVisit.ReadAll(reader));
            Assert.Equal(undamaged.Count, reader.Records);
            Assert.InRange(reader.Gaps, 0, Records - undamaged.Count + 1);
            // A gap before the last record that was read is always noticed; one behind it only where not all of it is zero.
            Assert.True(reader.Gaps > 0 || undamaged.SequenceEqual(Enumerable.Range(1, undamaged.Count)));
            Assert.Equal(reader.Gaps > 0, reader.SkippedBytes > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithStartSize(0).WithEndSize(12).WithQuietOnSuccess(true));

    [Fact]
    public void A_damaged_header_is_said_and_nothing_is_read() =>
        Prop.ForAll(Edits.NonEmptyListOf().ToArbitrary(), edits =>
        {
            var bytes = edits.Aggregate(_original[..SegmentId.HeaderBytes], (before, edit) => Apply(edit, before, 0));
            if (bytes.AsSpan().SequenceEqual(_original.AsSpan(0, SegmentId.HeaderBytes))) return;
            System.IO.File.WriteAllBytes(File, [.. bytes, .. _original.AsSpan(SegmentId.HeaderBytes)]);

            Assert.Throws<InvalidDataException>(() => SpoolReader.Open(File));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(4).WithQuietOnSuccess(true));

    [Fact]
    public void A_segment_under_another_number_is_none()
    {
        var other = _directory.File((_id with { Number = 2 }).FileName);
        System.IO.File.WriteAllBytes(other, _original);

        Assert.Throws<InvalidDataException>(() => SpoolReader.Open(other));
    }

    private bool IsAsWritten(byte[] bytes, int at, int length) =>
        at + length <= bytes.Length && bytes.AsSpan(at, length).SequenceEqual(_original.AsSpan(at, length));

    private static byte[] Apply(Edit edit, byte[] before, int from)
    {
        if (before.Length <= from) return before;
        var bytes = before.ToArray();
        var at = from + edit.At % (bytes.Length - from);
        switch (edit.Kind)
        {
            case EditKind.Change:
                bytes[at] ^= (byte)edit.Value;
                return bytes;
            case EditKind.Clear:
                bytes.AsSpan(at, Math.Min(edit.Value, bytes.Length - at)).Clear();
                return bytes;
            default:
                return bytes[..at];
        }
    }

    private sealed record Edit(EditKind Kind, int At, int Value);
}
