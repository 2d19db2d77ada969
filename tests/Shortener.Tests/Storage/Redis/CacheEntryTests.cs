using Shortener.Core.Links;
using Shortener.Storage.Redis;

namespace Shortener.Tests.Storage.Redis;

public sealed class CacheEntryTests
{
    public static TheoryData<LinkTarget> Targets => new(
        new LinkTarget("https://example.com/a?b#c", 302, null, IsDisabled: false, Version: 1, Generation: 1, Owner: "ann"),
        new LinkTarget(
            "http://xn--bcher-kva.example/%20", 308, DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_123), true, 9_007_199_254_740_991, 7, "анна 😀 %20"),
        new LinkTarget("https://x/" + new string('y', 8_000), 301, DateTimeOffset.UnixEpoch, true, 2, int.MaxValue, ""));

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_link_is_read_as_it_was_written(LinkTarget target) =>
        Assert.Equal(CacheEntry.Of(target), CacheEntry.Decode(CacheEntry.Of(target).Encode()));

    [Theory]
    [InlineData("1A0")]
    [InlineData("1A17")]
    [InlineData("1Q3")]
    public void A_marker_is_read_as_it_was_written(string text) => Assert.Equal(text, CacheEntry.Decode(text)?.Encode());

    [Fact]
    public void A_lease_is_told_from_an_answer() =>
        Assert.True(CacheEntry.Decode("1S0 0011223344556677") is { Kind: CacheEntryKind.Lease, IsAnswer: false, Version: 0 });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1L")]
    [InlineData("2L1 302 - 0 1 ann https://example.com/")]
    [InlineData("1X1")]
    [InlineData("1A")]
    [InlineData("1A-1")]
    [InlineData("1A 1")]
    [InlineData("1A99999999999999999999")]
    [InlineData("1L1 302 - 0 1 ann ")]
    [InlineData("1L1 302 - 0 1 ann")]
    [InlineData("1L1 302 - 0 1 https://example.com/")]
    [InlineData("1L1 302 - 2 1 ann https://example.com/")]
    [InlineData("1L1 200 - 0 1 ann https://example.com/")]
    [InlineData("1L1 302 99999999999999999 0 1 ann https://example.com/")]
    [InlineData("1L1 302 -1 0 1 ann https://example.com/")]
    [InlineData("1L1 302 - 0 1 ann https://example.com/ x")]
    [InlineData("1L1 302 - 0 1 ann https://example.com/\r\nSet-Cookie:a=b")]
    [InlineData("1L1 302 - 0 1 ann https://bücher.example/")]
    [InlineData("{\"url\":\"https://example.com/\"}")]
    public void What_this_program_would_not_write_is_no_entry(string? text) => Assert.Null(CacheEntry.Decode(text));
}
