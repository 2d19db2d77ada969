using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Shortener.Core.Keys;

namespace Shortener.Benchmarks;

/// <summary>Making one key, against what most shorteners do: random characters (and then a look-up for collisions).</summary>
public class KeyBenchmarks
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly KeyPermutation _one = new(Space("one", 0), []);
    private readonly KeyPermutation _afterChange = new(Space("one", 0), [Space("two", 1_000_000)]);
    private long _number;

    [Benchmark(Baseline = true)]
    public string RandomCharacters() => RandomNumberGenerator.GetString(Alphabet, 7);

    [Benchmark]
    public string? Ff1AndBase62() => _one.ToAlias(_number++);

    [Benchmark]
    public string? Ff1AndBase62AfterOneChangeOfSecret() => _afterChange.ToAlias(_number++);

    private static KeySpace Space(string secret, long next) =>
        KeySpace.Create(7, System.Text.Encoding.ASCII.GetBytes(secret)) with { Next = next };
}
