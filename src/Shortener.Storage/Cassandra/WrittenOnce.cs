using System.Collections.Concurrent;

namespace Shortener.Storage.Cassandra;

/// <summary>Remembers what this process has written, a bounded number of keys, so that it need not write it again.</summary>
internal sealed class WrittenOnce<TKey>(int maxKnown)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, bool> _known = new();

    /// <summary>Runs <paramref name="writeAsync"/>, unless it has succeeded for the key before.</summary>
    public async Task WriteAsync(TKey key, Func<Task> writeAsync)
    {
        if (_known.ContainsKey(key)) return;
        await writeAsync();
        if (_known.Count >= maxKnown) _known.Clear();
        _known[key] = true;
    }
}
