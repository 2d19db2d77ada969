using System.Diagnostics;

namespace Shortener.ClientReads;

/// <summary>A closed loop of reads, as wrk's: each reader begins its next read when it has the answer of the last.</summary>
internal static class Slice
{
    /// <summary>A second or more is counted as a second.</summary>
    private const int MostMicroseconds = 1_000_000;

    /// <summary>Reads for that long, all links in turn.</summary>
    /// <returns>What loadtests/redirects.lua prints: reads, microseconds, errors, bytes, p50 and p99 in microseconds.</returns>
    public static async Task<string> MeasureAsync(Func<string, Task> read, string[] aliases, int readers, TimeSpan duration)
    {
        var next = -1;
        var readsByMicroseconds = new int[MostMicroseconds + 1];
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Task.Run(ReadAsync)));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var reads = readsByMicroseconds.Sum();
        return $"FIGURES {reads} {elapsed.TotalMicroseconds:F0} 0 0 {Percentile(0.50)} {Percentile(0.99)}";

        async Task ReadAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var began = Stopwatch.GetTimestamp();
                await read(aliases[(uint)Interlocked.Increment(ref next) % aliases.Length]);
                var took = (int)Math.Min(Stopwatch.GetElapsedTime(began).TotalMicroseconds, MostMicroseconds);
                Interlocked.Increment(ref readsByMicroseconds[took]);
            }
        }

        int Percentile(double part)
        {
            var below = 0;
            for (var microseconds = 0; ; microseconds++)
            {
                below += readsByMicroseconds[microseconds];
                if (below >= part * reads) return microseconds;
            }
        }
    }
}
