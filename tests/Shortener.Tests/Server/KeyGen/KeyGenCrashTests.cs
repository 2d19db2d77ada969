using System.Globalization;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.KeyGen;

/// <summary>
/// Eight processes take keys from two replicas and, when both are dead, from Cassandra. All of them are killed with -9 at random
/// and started again: no key comes twice.
/// </summary>
public sealed class KeyGenCrashTests(KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>, IAsyncDisposable
{
    private const int Takers = 8, Replicas = 2;

    /// <summary>How many keys are taken in all, and how often a process is ended meanwhile.</summary>
    private static readonly int Keys = TestSize.Of("SHORTENER_TEST_KEYS", 1_000_000), Ends = TestSize.Of("SHORTENER_TEST_KEYGEN_KILLS", 24);

    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(1);
    private readonly int[] _ports = [.. Enumerable.Range(0, Replicas).Select(_ => RedisServer.UnusedPort())];
    private readonly List<KeyTakerProcess> _takers = [];
    private ServerProcess[] _replicas = [];
    private int _takersKilled, _takersStopped, _replicasKilled;

    public async ValueTask DisposeAsync()
    {
        foreach (var taker in _takers) taker.Dispose();
        foreach (var replica in _replicas) await replica.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task No_key_comes_twice_over_replicas_and_takers_that_are_killed()
    {
        _replicas = await Task.WhenAll(_ports.Select(StartReplicaAsync));
        for (var i = 0; i < Takers; i++) StartTaker();
        for (var end = 1; end <= Ends; end++)
        {
            var enough = (long)Keys * end / (Ends + 1);
            await Until.TrueAsync(() => _takers.Sum(taker => taker.Taken) >= enough);
            await EndOneAsync();
        }

        await Until.TrueAsync(() => _takers.Sum(taker => taker.Taken) >= Keys);
        await Task.WhenAll(_takers.TakeLast(Takers).Select(taker => taker.StopAsync()));

        var taken = _takers.SelectMany(taker => taker.Keys).ToList();
        Assert.InRange(taken.Count, Keys, int.MaxValue);
        Assert.Equal(taken.Count, taken.Distinct(StringComparer.Ordinal).Count());
        // Else the test says less than it seems to.
        Assert.All(new[] { _takersKilled, _takersStopped, _replicasKilled }, count => Assert.NotEqual(0, count));
        var holders = await keyspace.ExecuteAsync("SELECT holder FROM key_blocks WHERE length = 7 AND kind = 'lease'");
        var fromStore = holders.ToLookup(row => row.GetValue<string>("holder").StartsWith("taker", StringComparison.Ordinal));
        Assert.True(fromStore[true].Any() && fromStore[false].Any());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{taken.Count} keys, {_takersKilled} takers and {_replicasKilled} replicas killed, {_takersStopped} takers stopped: 0 duplicates"));
    }

    /// <summary>Ends one process, or at times both replicas at once, and starts it again.</summary>
    private async Task EndOneAsync()
    {
        var chosen = _random.Next(8);
        if (chosen < 3) await KillReplicasAsync(_random.Next(Replicas));
        else if (chosen == 3) await KillReplicasAsync([.. Enumerable.Range(0, Replicas)]);
        else await EndTakerAsync(_takers[^_random.Next(1, Takers + 1)], isKilled: chosen < 7);
    }

    private async Task EndTakerAsync(KeyTakerProcess taker, bool isKilled)
    {
        await (isKilled ? taker.KillAsync() : taker.StopAsync());
        (_takersKilled, _takersStopped) = isKilled ? (_takersKilled + 1, _takersStopped) : (_takersKilled, _takersStopped + 1);
        // Those that run are the last ones.
        _takers.Remove(taker);
        _takers.Insert(0, taker);
        StartTaker();
    }

    private async Task KillReplicasAsync(params int[] places)
    {
        foreach (var place in places)
        {
            await _replicas[place].KillAsync();
            _replicasKilled++;
        }

        foreach (var place in places)
        {
            await _replicas[place].DisposeAsync();
            _replicas[place] = await StartReplicaAsync(_ports[place]);
        }
    }

    private void StartTaker() => _takers.Add(new KeyTakerProcess(
        _directory.File($"taker-{_takers.Count}"),
        [
            keyspace.Settings.ContactPoints[0], $"{keyspace.Settings.Port}", keyspace.Settings.Keyspace,
            string.Join(',', _ports.Select(port => $"http://127.0.0.1:{port}")), KeyGenApiTests.Token,
        ]));

    private Task<ServerProcess> StartReplicaAsync(int port) => ServerProcess.StartAsync(
        _directory.Path,
        [
            .. keyspace.ProcessSettings(), "Roles=keygen", $"KeyGen:Token={KeyGenApiTests.Token}", "KeyGen:BatchSize=500",
            $"--urls=http://127.0.0.1:{port}",
        ]);
}
