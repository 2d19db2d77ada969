using System.Text;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public sealed class VisitRecordTests
{
    [Fact]
    public void The_checksum_is_the_standards_CRC_32C() => Assert.Equal(0xE3069283, ~Crc32C.Append(uint.MaxValue, "123456789"u8));

    [Theory]
    [InlineData("", "")]
    [InlineData("Zoë 🎈", "Zoë 🎈")]
    public void Texts_are_kept_as_UTF_8(string text, string kept) => Assert.Equal(kept, Query(text));

    [Fact]
    public void What_is_no_character_becomes_the_sign_for_that() => Assert.Equal("broken \ufffd", Query("broken " + '\ud83c'));

    [Fact]
    public void A_long_text_is_cut_off_between_characters()
    {
        Assert.Equal(new string('x', 512), Query(new string('x', 600)));
        Assert.Equal(new string('x', 511), Query(new string('x', 511) + "ë"));
        Assert.Equal(new string('x', 509), Query(new string('x', 509) + "🎈"));
    }

    [Fact]
    public void The_longest_visit_has_its_place()
    {
        var text = new string('x', 600);
        Span<byte> bytes = stackalloc byte[VisitRecord.MaxBytes];
        var visit = new Visit
        {
            Alias = text, Owner = text, UserAgent = text, Referrer = text, AcceptLanguage = text, Query = text,
        };

        Assert.Equal(VisitRecord.MaxBytes, VisitRecord.Write(visit, seed: 1, bytes));
        Assert.True(VisitRecord.TryRead(bytes, seed: 1, out var record));
        Assert.Equal(512, record.Alias.Length);
        Assert.Equal(512, record.Query.Length);
    }

    [Fact]
    public void A_record_of_another_spool_is_none()
    {
        var record = NumberedVisit.Record(1, Guid.CreateVersion7());

        Assert.False(VisitRecord.TryRead(record, SegmentId.SeedOf(Guid.CreateVersion7()), out _));
    }

    private static string Query(string text)
    {
        Span<byte> bytes = stackalloc byte[VisitRecord.MaxBytes];
        var length = VisitRecord.Write(new Visit { Query = text }, seed: 1, bytes);
        Assert.True(VisitRecord.TryRead(bytes[..length], seed: 1, out var record));
        return Encoding.UTF8.GetString(record.Query);
    }
}
