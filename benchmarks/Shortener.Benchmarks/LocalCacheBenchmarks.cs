using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;
using Shortener.Core.Caching;

namespace Shortener.Benchmarks;

/// <summary>The local cache against MemoryCache with a size limit, both filled with 10,000 entries.</summary>
public class LocalCacheBenchmarks
{
    private const int Entries = 10_000;

    private readonly string[] _keys = [.. Enumerable.Range(0, Entries).Select(i => $"key{i:0000}")];
    private readonly string[] _paths;
    private readonly SieveCache<object> _sieve = new(Entries);
    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = Entries });
    private readonly object _value = new();
    private int _next;
    private int _new;

    public LocalCacheBenchmarks()
    {
        _paths = [.. _keys.Select(key => "/" + key)];
        foreach (var key in _keys)
        {
            _sieve.Set(key, _value);
            _memory.Set(key, _value, new MemoryCacheEntryOptions { Size = 1 });
        }
    }

    [Benchmark(Baseline = true)]
    public bool HitInMemoryCache() => _memory.TryGetValue(Path().AsSpan(1), out _);

    [Benchmark]
    public bool HitInSieveCache() => _sieve.TryGet(Path().AsSpan(1), out _);

    [Benchmark]
    public void InsertIntoFullMemoryCache() =>
        _memory.Set("new" + _new++, _value, new MemoryCacheEntryOptions { Size = 1 });

    [Benchmark]
    public void InsertIntoFullSieveCache() => _sieve.Set("new" + _new++, _value);

    private string Path() => _paths[(_next = (_next + 7919) % Entries)];
}
