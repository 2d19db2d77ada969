using Shortener.Storage.Redis;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Core;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>A real cluster of two nodes, which refuses every command and script that touches keys of both.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly EmbeddedDatabase _database = new();
    private readonly RedisServer[] _nodes = [new("--cluster-enabled", "yes"), new("--cluster-enabled", "yes")];

    public async ValueTask InitializeAsync()
    {
        foreach (var node in _nodes) await node.InitializeAsync();
        Assert.Equal("+OK", await _nodes[0].CallAsync("CLUSTER ADDSLOTSRANGE 0 8191"));
        Assert.Equal("+OK", await _nodes[1].CallAsync("CLUSTER ADDSLOTSRANGE 8192 16383"));
        Assert.Equal("+OK", await _nodes[0].CallAsync("CLUSTER SET-CONFIG-EPOCH 1"));
        Assert.Equal("+OK", await _nodes[0].CallAsync($"CLUSTER MEET 127.0.0.1 {_nodes[1].EndPoint.Port}"));
        foreach (var node in _nodes)
            await Until.TrueAsync(async () => await node.CallAsync("GET a") is var answer && !answer!.StartsWith("-CLUSTERDOWN", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Links_on_both_nodes_are_put_filled_changed_and_told()
    {
        var store = new SqliteLinkStore(_database.Current);
        await using var process = await CachedProcess.StartAsync($"{_nodes[0].Address},{_nodes[1].Address}", store);
        await using var other = await CachedProcess.StartAsync(_nodes[1].Address, store);
        var told = new HashSet<string>();
        other.Cache.Changed += alias => { lock (told) told.Add(alias); };

        for (var i = 0; i < 40; i++)
        {
            Assert.Null(await other.LocationAsync($"a{i}"));
            var link = await process.ChangeAsync(await process.CreateAsync($"a{i}"), $"https://example.com/{i}");
            Assert.Equal(link.Url, await other.LocationAsync($"a{i}"));
        }

        await Until.TrueAsync(() => { lock (told) return told.Count == 40; });
        Assert.Equal((40, 0L, 0L), (other.Inner.Finds, process.Connection.Failures, other.Connection.Failures));
        foreach (var node in _nodes) Assert.NotEqual(":0", await node.CallAsync("DBSIZE"));
    }

    /// <summary>Scripts name keys by KEYS alone, and by no more than the first.</summary>
    [Theory]
    [InlineData(CacheScripts.Put)]
    [InlineData(CacheScripts.Fill)]
    public void A_script_touches_one_key(string script)
    {
        Assert.DoesNotContain("KEYS[2]", script, StringComparison.Ordinal);
        var calls = script.Split("redis.").Skip(1).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Matches(@"^p?call\('[A-Z]+', KEYS\[1\]", call));
    }
}
