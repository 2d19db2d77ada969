namespace Cassandra.Sessions;

/// <summary>Runs a request again on further hosts while earlier ones are silent, and takes the first result.</summary>
internal static class Speculation
{
    /// <param name="run">Runs it on the next hosts of the plan.</param>
    /// <param name="nextDelay">Milliseconds until it is to be run once more; 0 or less for not any more.</param>
    /// <param name="time">Times the delays.</param>
    public static async Task<RowSet> RunAsync(Func<Task<RowSet>> run, Func<long> nextDelay, TimeProvider time)
    {
        var running = new List<Task<RowSet>> { run() };
        var delay = nextDelay();
        while (delay > 0)
        {
            using var stop = new CancellationTokenSource();
            var timer = Task.Delay(TimeSpan.FromMilliseconds(delay), time, stop.Token);
            var first = await Task.WhenAny(running.Append(timer));
            await stop.CancelAsync();
            if (first != timer)
            {
                if (IsFinal((Task<RowSet>)first, running)) return await Take((Task<RowSet>)first, running);
                continue;
            }

            running.Add(run());
            delay = nextDelay();
        }

        while (true)
        {
            var first = await Task.WhenAny(running);
            if (IsFinal(first, running)) return await Take(first, running);
        }
    }

    /// <summary>Whether it is the result: one that found no further host is not while others still run.</summary>
    private static bool IsFinal(Task<RowSet> ended, List<Task<RowSet>> running)
    {
        if (ended.Exception?.InnerException is not NoHostAvailableException || running.Count == 1) return true;
        running.Remove(ended);
        return false;
    }

    private static Task<RowSet> Take(Task<RowSet> result, List<Task<RowSet>> running)
    {
        // What the others come to is of no interest; their exceptions are seen here so that none counts as unobserved.
        foreach (var other in running)
        {
            if (other != result)
                other.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return result;
    }
}
