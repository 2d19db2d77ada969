using System.Globalization;
using Microsoft.Extensions.Configuration;
using Shortener.ClientReads;
using Shortener.Server.Hosting;
using Shortener.Server.Settings;

// Reads links by a client library alone, as loadtests/tiers tells it: a number of seconds on standard input, a line of figures
// on standard output. Servers are those of the settings of the service, from the environment.
Connections.CompleteSocketsInline();
if (args is not [var library, var links, var inFlight] || !int.TryParse(inFlight, out var readers) || readers < 1)
{
    Console.Error.WriteLine("usage: Shortener.ClientReads redis|cassandra FILE-OF-LINKS READS-IN-FLIGHT");
    return 2;
}

// A line a link: the path, a tab, the destination.
var aliases = File.ReadLines(links).Select(line => line[1..line.IndexOf('\t', StringComparison.Ordinal)]).ToArray();
new Random(20).Shuffle(aliases);
var options = SettingsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
var read = library switch
{
    "redis" => await LinkReads.OfRedisAsync(options.Redis),
    "cassandra" => await LinkReads.OfCassandraAsync(options.Cassandra),
    _ => throw new ArgumentException($"'{library}' is neither redis nor cassandra."),
};
while (Console.ReadLine() is { } seconds)
    Console.WriteLine(await Slice.MeasureAsync(read, aliases, readers, TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))));
return 0;
