namespace Shortener.Storage.Redis;

/// <summary>
/// Changes that Redis has not taken, the newest of each alias, up to a number. As long as an alias is in here, this process
/// knows better than Redis.
/// </summary>
internal sealed class PendingChanges(int capacity)
{
    private readonly Dictionary<string, CacheEntry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _count;
    private long _lost;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Changes that found no room.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public bool Contains(string alias)
    {
        if (Count == 0) return false;
        lock (_lock) return _entries.ContainsKey(alias);
    }

    /// <summary>Keeps a change, unless a newer one of the alias is kept.</summary>
    public void Add(string alias, CacheEntry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(alias, out var kept) && kept.Version > entry.Version)
            {
                // A write of unknown version comes after what is kept.
                if (entry.Version > 0) return;
                entry = entry with { Version = kept.Version + 1 };
            }

            if (kept is null && _entries.Count >= capacity)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            _entries[alias] = entry;
            Volatile.Write(ref _count, _entries.Count);
        }
    }

    /// <summary>Redis has taken <paramref name="entry"/>: it and what is older need not be kept.</summary>
    public void Settle(string alias, CacheEntry entry)
    {
        if (Count == 0) return;
        lock (_lock)
        {
            if (!_entries.TryGetValue(alias, out var kept) || kept.Version > entry.Version) return;
            _entries.Remove(alias);
            Volatile.Write(ref _count, _entries.Count);
        }
    }

    public KeyValuePair<string, CacheEntry>[] List()
    {
        if (Count == 0) return [];
        lock (_lock) return [.. _entries];
    }
}
