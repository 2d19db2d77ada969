// One of the processes that make links, for KeyGenCrashTests: takes keys from replicas, or from Cassandra while it reaches none, and
// writes each to a file before it takes the next. It hands back what is left and ends when its input ends, as when its parent does.
// arguments: ADDRESS PORT KEYSPACE (of Cassandra) REPLICA,REPLICA TOKEN FILE
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Shortener.Core.Keys;
using Shortener.Server.KeyGen;
using Shortener.Storage.Cassandra;

const string Datacenter = "datacenter1";
const int BatchSize = 500;
var settings = new CassandraSettings(
    [args[0]], int.Parse(args[1], CultureInfo.InvariantCulture), args[2], Datacenter, Replication.TryParse(["1"], Datacenter)!,
    RequestTimeout: TimeSpan.FromSeconds(10), DecisionTimeout: TimeSpan.FromSeconds(60));
var options = new KeyGenOptions { Addresses = args[3].Split(','), Token = args[4], AvoidFor = TimeSpan.FromMilliseconds(300) };

await using var database = await CassandraDatabase.OpenAsync(settings, TimeProvider.System);
using var store = new CassandraKeyBlockStore(database);
var spaces = await store.ActivateAsync(null, KeySpace.Create(7, "unused"u8), CancellationToken.None);
using var maker = new KeyMaker(store, spaces, BatchSize, $"taker {Environment.ProcessId}");
using var client = new KeyGenClient(options, maker, TimeProvider.System, NullLogger<KeyGenClient>.Instance);
var allocator = new KeyAllocator(client);

await using var file = new StreamWriter(args[5]) { AutoFlush = true, NewLine = "\n" };
// Not Console.In, whose asynchronous reads block.
var ended = Console.OpenStandardInput().ReadAsync(new byte[1]).AsTask();
while (!ended.IsCompleted) await file.WriteLineAsync((await allocator.NextAsync(CancellationToken.None)).Alias);
await allocator.ReturnAsync([], CancellationToken.None);
