using System.Buffers.Text;
using System.Text;
using Shortener.Core.Links;
using Shortener.Storage;

namespace Shortener.Tests.Storage;

public sealed class ListCursorTests
{
    [Theory]
    [InlineData(0, "a")]
    [InlineData(1_700_000_000_123, "link with spaces")]
    [InlineData(long.MaxValue, "0123456789-0123456789-0123456789-0123456789-0123456789-012345678")]
    public void What_was_handed_out_is_read_again(long time, string name)
    {
        var cursor = new ListCursor(time, name);

        Assert.Equal(cursor, ListCursor.Parse(cursor.ToString()));
    }

    [Fact]
    public void No_cursor_is_before_every_row() => Assert.Equal(new ListCursor(long.MaxValue, ""), ListCursor.Parse(null));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("x name")]
    [InlineData(" name")]
    [InlineData("-5 name")]
    [InlineData("+5 name")]
    [InlineData("05 name")]
    [InlineData("9223372036854775808 name")]
    public void Another_row_is_refused(string row) => AssertRefused(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(row)));

    [Fact]
    public void Other_bytes_or_a_longer_name_than_any_are_refused()
    {
        AssertRefused(Base64Url.EncodeToString([(byte)'5', (byte)' ', 0xFF]));
        AssertRefused(new ListCursor(5, new string('a', 200)).ToString());
    }

    private static void AssertRefused(string cursor) => Assert.Throws<InvalidCursorException>(() => ListCursor.Parse(cursor));
}
