using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Links;

public sealed class ListLinksTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Pages_hold_every_link_once_newest_first_also_while_links_are_made_and_deleted()
    {
        for (var i = 0; i < 25; i++) await MakeAsync($"link-{i:00}", i % 5 == 0);
        var (first, cursor) = await PageAsync("limit=10");
        await MakeAsync("later", isOld: false);
        (await _server.Client.OfLinkAsync("DELETE", "link-20")).Expect(HttpStatusCode.NoContent);
        var (second, next) = await PageAsync($"limit=10&cursor={cursor}");
        var (third, end) = await PageAsync($"limit=10&cursor={next}");
        Assert.Null(end);
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"link-{i:00}"), [.. first, .. second, .. third]);
    }

    [Fact]
    public async Task A_tag_and_a_state_narrow_the_list()
    {
        await MakeAsync("tagged", isOld: false, new { url = "https://example.com/", alias = "tagged", tags = new[] { "a&b", "x" } });
        await MakeAsync("off", isOld: false, new { url = "https://example.com/", alias = "off-1", state = "disabled", tags = new[] { "x" } });
        await MakeAsync("brief", isOld: false, new { url = "https://example.com/", alias = "brief", ttl = 5 });
        _server.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["tagged"], (await PageAsync("tag=a%26b")).Aliases);
        Assert.Equal(["off-1", "tagged"], (await PageAsync("tag=x")).Aliases);
        Assert.Equal(["off-1"], (await PageAsync("tag=x&state=disabled")).Aliases);
        Assert.Equal(["brief"], (await PageAsync("state=expired")).Aliases);
        Assert.Equal(["tagged"], (await PageAsync("state=active")).Aliases);
        Assert.Empty((await PageAsync("tag=nobody")).Aliases);
    }

    [Fact]
    public async Task A_page_has_20_links_unless_the_client_says_otherwise()
    {
        for (var i = 0; i < 21; i++) await MakeAsync($"link-{i}", isOld: false);
        Assert.Equal(20, (await PageAsync("")).Aliases.Count);
        Assert.Single((await PageAsync("limit=1")).Aliases);
        Assert.Equal(21, (await PageAsync("limit=100")).Aliases.Count);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1.0", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("state=gone", "state")]
    [InlineData("state=ACTIVE", "state")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=LTEgYQ", "cursor")]
    [InlineData("colour=red", "colour")]
    [InlineData("Limit=5", "Limit")]
    [InlineData("limit=0&state=x&colour=red", "colour", "limit", "state")]
    public async Task A_parameter_that_is_wrong_is_named(string query, params string[] wrong) =>
        (await _server.Client.ReadAsync($"{Api.Links}?{query}")).ExpectInvalid(wrong);

    [Fact]
    public async Task A_cursor_that_is_far_too_long_is_refused() =>
        (await _server.Client.ReadAsync($"{Api.Links}?cursor={new string('A', 3000)}")).ExpectInvalid("cursor");

    private async Task MakeAsync(string alias, bool isOld, object? link = null)
    {
        // Some links share their millisecond, some do not.
        if (isOld) _server.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await _server.CreateAsync(link ?? new { url = "https://example.com/", alias });
    }

    private async Task<(List<string> Aliases, string? Next)> PageAsync(string query)
    {
        var page = (await _server.Client.ReadAsync($"{Api.Links}?{query}")).Expect(HttpStatusCode.OK).Json;
        var aliases = page.GetProperty("items").EnumerateArray().Select(link => link.GetProperty("alias").GetString()!).ToList();
        var next = page.GetProperty("nextCursor");
        return (aliases, next.ValueKind == JsonValueKind.Null ? null : next.GetString());
    }
}
