using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Shortener.Core.Caching;

/// <summary>
/// A cache of a bounded number of entries by SIEVE (Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024): entries queue in
/// the order of their insertion, a hit only marks its entry, and a hand that walks from the oldest to the newest evicts the
/// first unmarked entry, unmarking those that it passes. A hit takes no lock and writes nothing once its entry is marked.
/// </summary>
public sealed class SieveCache<TValue>
    where TValue : class
{
    private readonly ConcurrentDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Node>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Lock _queue = new();
    private readonly int _capacity;
    private Node? _newest;
    private Node? _oldest;
    private Node? _hand;
    private int _count;
    private long _evictions;

    /// <param name="capacity">The most entries, 1 or more.</param>
    public SieveCache(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _bySpan = _nodes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Entries held.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Entries that made room for others since the start.</summary>
    public long Evictions => Interlocked.Read(ref _evictions);

    /// <summary>Looks an entry up and marks it as used.</summary>
    public bool TryGet(ReadOnlySpan<char> key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_bySpan.TryGetValue(key, out var node))
        {
            if (!node.Visited) node.Visited = true;
            value = node.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Inserts or replaces an entry, evicting another where the cache is full.</summary>
    public void Set(string key, TValue value)
    {
        lock (_queue)
        {
            if (_nodes.TryGetValue(key, out var existing))
            {
                existing.Value = value;
                return;
            }

            if (_count >= _capacity) Evict();
            var node = new Node(key, value) { Older = _newest };
            if (_newest is not null) _newest.Newer = node;
            _newest = node;
            _oldest ??= node;
            _nodes[key] = node;
            _count++;
        }
    }

    /// <summary>Removes an entry; false where there is none.</summary>
    public bool Remove(string key)
    {
        lock (_queue)
        {
            if (!_nodes.TryRemove(key, out var node)) return false;
            Unlink(node);
            return true;
        }
    }

    private void Evict()
    {
        var node = (_hand ?? _oldest)!;
        // One lap unmarks everything; hits that mark entries anew meanwhile must not keep the hand walking for ever.
        for (var steps = 2 * _count; node.Visited && steps > 0; steps--)
        {
            node.Visited = false;
            node = (node.Newer ?? _oldest)!;
        }

        _hand = node;
        _nodes.TryRemove(node.Key, out _);
        Unlink(node);
        _evictions++;
    }

    private void Unlink(Node node)
    {
        if (_hand == node) _hand = node.Newer;
        if (node.Newer is null) _newest = node.Older;
        else node.Newer.Older = node.Older;
        if (node.Older is null) _oldest = node.Newer;
        else node.Older.Newer = node.Newer;
        _count--;
    }

    private sealed class Node(string key, TValue value)
    {
        public readonly string Key = key;
        public volatile TValue Value = value;
        public volatile bool Visited;
        public Node? Newer;
        public Node? Older;
    }
}
