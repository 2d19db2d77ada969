using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Links;
using Shortener.Server.Settings;
using Shortener.Server.SharedCache;
using Shortener.Tests.Compat;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Redis;

namespace Shortener.Tests.Server.SharedCache;

/// <summary>The whole service with Redis in front of its store, and another process beside it.</summary>
public sealed class SharedCacheTests : IAsyncLifetime
{
    private const string Prefix = "sho.rt:";
    private const int Links = 20;

    private readonly RedisServer _redis = new();
    private RunningServer _server = null!;
    private CachedProcess _other = null!;

    /// <summary>The store behind the cache, which the other process has as well.</summary>
    private ILinkStore Uncached => _server.Services.GetRequiredKeyedService<ILinkStore>(SharedCacheRegistration.Uncached);

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        _server = await RunningServer.StartAsync($"Redis:Connection={_redis.Address}", $"Redis:Prefix={Prefix}");
        _other = await CachedProcess.StartAsync(_redis.Address, Uncached, CachedProcess.LinkSettings with { Prefix = Prefix }, _server.Clock);
        await UpAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _server.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_link_made_here_is_in_Redis_for_all_processes()
    {
        await _server.CreateAsync(new { url = "https://example.com/x", alias = "abc" });

        Assert.Equal("https://example.com/x", await _other.LocationAsync("abc"));
        Assert.Equal(0, _other.Inner.Finds);
        await AssertLeadsToAsync("https://example.com/x");
        var page = await MetricsAsync();
        Assert.Equal(1, Scrape.Value(page, "shortener_redis_lookups_total{result=\"hit\"}"));
        Assert.Equal(0, Scrape.Value(page, "shortener_redis_pending_changes"));
        await Promtool.AssertCleanAsync(page);
    }

    [Fact]
    public async Task A_change_by_another_process_is_heard_of_at_once()
    {
        await _server.CreateAsync(new { url = "https://old.example/", alias = "abc" });
        await AssertLeadsToAsync("https://old.example/");

        await _other.ChangeAsync((await _other.Store.FindAsync("abc", CancellationToken.None))!, "https://new.example/");

        // The clock stands as good as still beside the lifetime in memory, which the next test is about.
        await Until.TrueAsync(async () => (await _server.Client.ReadAsync("/abc")).Header("Location") == "https://new.example/");
    }

    [Fact]
    public async Task A_change_that_nobody_told_of_is_seen_two_seconds_later()
    {
        await _server.CreateAsync(new { url = "https://old.example/", alias = "abc" });
        await AssertLeadsToAsync("https://old.example/");
        Assert.Equal(404, (await _server.Client.ReadAsync("/def")).Status);
        await using var silent = await CachedProcess.StartAsync(_redis.Address, Uncached, CachedProcess.LinkSettings with { Prefix = "else:" });
        await silent.ChangeAsync((await silent.Store.FindAsync("abc", CancellationToken.None))!, "https://new.example/");
        await silent.CreateAsync("def", "https://def.example/");
        await _redis.FlushAsync();

        _server.Clock.Advance(TimeSpan.FromSeconds(2));

        await AssertLeadsToAsync("https://new.example/");
        Assert.Equal("https://def.example/", (await _server.Client.ReadAsync("/def")).Header("Location"));
    }

    [Fact]
    public async Task Without_Redis_links_are_made_changed_and_followed_and_it_is_used_again_when_it_is_back()
    {
        for (var i = 0; i < Links; i++) await _server.CreateAsync(new { url = $"https://example.com/{i}", alias = $"abc{i}" });
        await _redis.KillAsync();
        await Until.TrueAsync(async () =>
        {
            // Past what memory may say, so that Redis is asked; all of them within the breaker's window.
            _server.Clock.Advance(TimeSpan.FromSeconds(2));
            for (var i = 0; i < Links; i++) await AssertLeadsToAsync($"https://example.com/{i}", $"/abc{i}");
            return Scrape.Value(await MetricsAsync(), "shortener_redis_up") == 0;
        });
        await _server.CreateAsync(new { url = "https://def.example/", alias = "def" });
        Assert.Equal("https://def.example/", (await _server.Client.ReadAsync("/def")).Header("Location"));
        Assert.Equal(1, Scrape.Value(await MetricsAsync(), "shortener_redis_pending_changes"));

        await _redis.RestartAsync();
        await UpAsync(1);
        await Until.TrueAsync(async () => Scrape.Value(await MetricsAsync(), "shortener_redis_pending_changes") == 0);
        await _other.WaitForAsync(up: true);
        Assert.Equal("https://def.example/", await _other.LocationAsync("def"));
    }

    [Fact]
    public void Without_the_setting_there_is_no_Redis()
    {
        var options = new ShortenerOptions();
        Assert.False(options.Redis.IsUsed);
        Assert.False(options.LinksChangeElsewhere);
    }

    [Theory]
    [InlineData("Connection", "localhost,nonsense=1")]
    [InlineData("Connection", "ssl=true")]
    [InlineData("Prefix", "{one-node}")]
    public void A_setting_that_cannot_work_is_refused_without_telling_the_password(string name, string value)
    {
        var options = new RedisOptions { Connection = "localhost,password=geheim" };
        Assert.Empty(options.Check());
        typeof(RedisOptions).GetProperty(name)!.SetValue(options, name == "Connection" ? value + ",password=geheim" : value);

        var error = Assert.Single(options.Check());

        Assert.Contains($"Shortener:Redis:{name}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error, StringComparison.Ordinal);
    }

    private async Task AssertLeadsToAsync(string location, string path = "/abc")
    {
        var answer = await _server.Client.ReadAsync(path);
        Assert.Equal((302, location), (answer.Status, answer.Header("Location")));
    }

    private async Task<string> MetricsAsync() => await _server.Client.GetStringAsync("/metrics");

    private Task UpAsync(int value) =>
        Until.TrueAsync(async () => Scrape.Value(await MetricsAsync(), "shortener_redis_up") == value);
}
