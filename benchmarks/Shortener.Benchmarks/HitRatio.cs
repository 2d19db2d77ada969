using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Shortener.Core.Caching;

namespace Shortener.Benchmarks;

/// <summary>
/// How many of 2,000,000 requests to 1,000,000 links are hits, by policy and size: requests follow Zipf's law with
/// exponent 0.9, the same fixed sequence for each cache.
/// </summary>
internal static class HitRatio
{
    private const int Links = 1_000_000;
    private const int Requests = 2_000_000;
    private const double Exponent = 0.9;

    public static void Print(TextWriter output)
    {
        var requests = Sequence();
        output.WriteLine($"Hit ratio over {Requests:N0} requests to {Links:N0} links, Zipf {Exponent}, on {Environment.ProcessorCount} cores, .NET {Environment.Version}.");
        output.WriteLine();
        output.WriteLine("| cache size, links | SIEVE | exact LRU | MemoryCache, size limit |");
        output.WriteLine("|---:|---:|---:|---:|");
        foreach (var size in new[] { 1_000, 10_000, 100_000 })
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {size:N0} | {Sieve(requests, size):P1} | {Lru(requests, size):P1} | {Memory(requests, size):P1} |"));
        }
    }

    private static double Sieve(string[] requests, int size)
    {
        var cache = new SieveCache<object>(size);
        return Ratio(requests, key => cache.TryGet(key, out _), key => cache.Set(key, key));
    }

    private static double Memory(string[] requests, int size)
    {
        using var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = size });
        return Ratio(requests, key => cache.TryGetValue(key, out _), key => cache.Set(key, key, new MemoryCacheEntryOptions { Size = 1 }));
    }

    private static double Lru(string[] requests, int size)
    {
        var order = new LinkedList<string>();
        var nodes = new Dictionary<string, LinkedListNode<string>>();
        return Ratio(
            requests,
            key =>
            {
                if (!nodes.TryGetValue(key, out var node)) return false;
                order.Remove(node);
                order.AddFirst(node);
                return true;
            },
            key =>
            {
                if (nodes.Count == size)
                {
                    nodes.Remove(order.Last!.Value);
                    order.RemoveLast();
                }

                nodes[key] = order.AddFirst(key);
            });
    }

    private static double Ratio(string[] requests, Func<string, bool> isHit, Action<string> fill)
    {
        var hits = 0;
        foreach (var key in requests)
        {
            if (isHit(key)) hits++;
            else fill(key);
        }

        return (double)hits / requests.Length;
    }

    private static string[] Sequence()
    {
        var cumulative = new double[Links];
        var sum = 0.0;
        for (var i = 0; i < Links; i++) cumulative[i] = sum += 1 / Math.Pow(i + 1, Exponent);
        var names = Enumerable.Range(0, Links).Select(i => i.ToString("x7", CultureInfo.InvariantCulture)).ToArray();
        var random = new Random(1);
        var requests = new string[Requests];
        for (var i = 0; i < Requests; i++)
        {
            var at = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            requests[i] = names[Math.Min(at < 0 ? ~at : at, Links - 1)];
        }

        return requests;
    }
}
