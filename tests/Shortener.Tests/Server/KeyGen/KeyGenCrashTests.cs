using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Shortener.Core.Keys;
using Shortener.Server.KeyGen;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Cassandra;

namespace Shortener.Tests.Server.KeyGen;

/// <summary>
/// Replicas that are processes of their own are killed with -9 while takers, some of which crash as well, take keys from them
/// and, when both are dead, from Cassandra: no key comes twice.
/// </summary>
[Trait("Run", "long")]
public sealed class KeyGenCrashTests(KeyspaceOfOneNode keyspace) : IClassFixture<KeyspaceOfOneNode>, IDisposable
{
    private const int Takers = 8, Replicas = 2;

    /// <summary>How many keys are taken in all, and how often a replica is killed meanwhile.</summary>
    private static readonly int Keys = TestSize.Of("SHORTENER_TEST_KEYS", 40_000), Kills = TestSize.Of("SHORTENER_TEST_KEYGEN_KILLS", 4);

    private readonly TemporaryDirectory _directory = new();
    private readonly int[] _ports = [.. Enumerable.Range(0, Replicas).Select(_ => RedisServer.UnusedPort())];
    private readonly Counts _counts = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task No_key_comes_twice_over_replicas_and_takers_that_are_killed()
    {
        await using var database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System);
        using var store = new CassandraKeyBlockStore(database);
        var replicas = await Task.WhenAll(_ports.Select(StartReplicaAsync));

        var killing = KillAsync(replicas);
        var taking = await Task.WhenAll(Enumerable.Range(0, Takers).Select(taker => TakeAsync(store, taker, killing)));
        await killing;
        foreach (var replica in replicas) await replica.DisposeAsync();

        var taken = taking.SelectMany(keys => keys).ToList();
        Assert.InRange(taken.Count, Keys, int.MaxValue);
        Assert.Equal(taken.Count, taken.Distinct(StringComparer.Ordinal).Count());
        Assert.True(_counts.FromReplicas > 0 && _counts.TakersCrashed > 0);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{taken.Count} keys, {Kills} times a replica or both killed, {_counts.TakersCrashed} takers crashed, {_counts.FromReplicas} batches from replicas, {_counts.FromStore} from the store: 0 duplicates"));
    }

    /// <summary>
    /// One of the processes that make links: takes its share, and goes on while replicas are still to be killed; now and then it
    /// loses what it has and starts anew.
    /// </summary>
    private async Task<List<string>> TakeAsync(CassandraKeyBlockStore store, int taker, Task killing)
    {
        var random = new Random(taker);
        var keys = new List<string>(Keys / Takers);
        var options = new KeyGenOptions
        {
            Token = KeyGenApiTests.Token, Addresses = [.. _ports.Select(port => $"http://127.0.0.1:{port}")],
            AvoidFor = TimeSpan.FromMilliseconds(300),
        };
        while (IsToGoOn())
        {
            var spaces = await store.ActivateAsync(null, KeySpace.Create(7, "unused"u8), CancellationToken.None);
            using var maker = new KeyMaker(store, spaces, 500, $"taker {taker}");
            using var client = new KeyGenClient(options, new Counting(maker, _counts), TimeProvider.System, NullLogger<KeyGenClient>.Instance);
            var source = new Counting(client, _counts);
            var allocator = new KeyAllocator(source);
            var life = random.Next(1, Keys / Takers / 3);
            for (var i = 0; i < life && IsToGoOn(); i++)
            {
                keys.Add((await allocator.NextAsync(CancellationToken.None)).Alias);
                if (_counts.Count() % 100 == 0) await Task.Yield();
            }

            // Every other end is a clean one.
            if (random.Next(2) == 0) await allocator.ReturnAsync([], CancellationToken.None);
            else _counts.Crash();
        }

        return keys;

        bool IsToGoOn() => keys.Count < (Keys + Takers - 1) / Takers || !killing.IsCompleted;
    }

    /// <summary>Kills one of the replicas, every fourth time both, each time that so many more keys are taken, and starts it again.</summary>
    private async Task KillAsync(ServerProcess[] replicas)
    {
        var random = new Random(1);
        for (var kill = 0; kill < Kills; kill++)
        {
            await _counts.ReachAsync((long)Keys * (kill + 1) / (Kills + 2));
            int[] places = kill % 4 == 3 ? [0, 1] : [random.Next(Replicas)];
            foreach (var dying in places) await replicas[dying].KillAsync();
            foreach (var dead in places)
            {
                await replicas[dead].DisposeAsync();
                replicas[dead] = await StartReplicaAsync(_ports[dead]);
            }
        }
    }

    private Task<ServerProcess> StartReplicaAsync(int port) => ServerProcess.StartAsync(
        _directory.Path,
        [.. keyspace.ProcessSettings(), "Roles=keygen", $"KeyGen:Token={KeyGenApiTests.Token}", "KeyGen:BatchSize=500", $"--urls=http://127.0.0.1:{port}"]);

    private sealed class Counts
    {
        private long _taken;
        private int _crashed;
        private int _batches;
        private int _fromStore;

        public int TakersCrashed => _crashed;

        public int FromStore => _fromStore;

        public int FromReplicas => _batches - _fromStore;

        public long Count() => Interlocked.Increment(ref _taken);

        public void Crash() => Interlocked.Increment(ref _crashed);

        public void Batch(bool isFromStore) => Interlocked.Increment(ref isFromStore ? ref _fromStore : ref _batches);

        public Task ReachAsync(long taken) => Until.TrueAsync(() => Interlocked.Read(ref _taken) >= taken);
    }

    /// <summary>Counts the batches that a source gives.</summary>
    private sealed class Counting(IKeyBatchSource source, Counts counts) : IKeyBatchSource
    {
        public async Task<KeyBatch> TakeAsync(CancellationToken cancellationToken)
        {
            var batch = await source.TakeAsync(cancellationToken);
            counts.Batch(isFromStore: source is KeyMaker);
            return batch;
        }

        public Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken) =>
            source.ReturnAsync(block, unused, cancellationToken);
    }
}
