using System.Globalization;
using Shortener.Core.Caching;

namespace Shortener.Tests.Core.Caching;

public sealed class SieveCacheConcurrencyTests
{
    private const int Threads = 6;
    private const int Rounds = 60_000;

    [Fact]
    public void Under_many_threads_the_capacity_holds_and_the_count_is_what_is_held()
    {
        const int capacity = 50, universe = 200;
        var cache = new SieveCache<string>(capacity);
        OnThreads(thread =>
        {
            var random = new Random(thread);
            for (var round = 0; round < Rounds; round++)
            {
                var key = Name(random.Next(universe));
                switch (random.Next(10))
                {
                    case 0:
                        cache.Remove(key);
                        break;
                    case < 5:
                        cache.Set(key, key);
                        break;
                    default:
                        if (cache.TryGet(key, out var value)) Assert.Equal(key, value);
                        break;
                }

                Assert.InRange(cache.Count, 0, capacity);
            }
        });

        Assert.Equal(Enumerable.Range(0, universe).Count(i => cache.TryGet(Name(i), out _)), cache.Count);
        for (var i = 0; i < universe; i++) cache.Remove(Name(i));
        Assert.Equal(0, cache.Count);
        for (var i = 0; i < capacity; i++) cache.Set(Name(i), "");
        Assert.All(Enumerable.Range(0, capacity), i => Assert.True(cache.TryGet(Name(i), out _)));
    }

    [Fact]
    public void Below_the_capacity_no_thread_ever_loses_an_entry_of_its_own()
    {
        const int each = 20;
        var cache = new SieveCache<string>(Threads * each);
        OnThreads(thread =>
        {
            var random = new Random(thread);
            var mine = new string?[each];
            for (var round = 0; round < Rounds; round++)
            {
                var i = random.Next(each);
                var key = Name(thread * each + i);
                Assert.Equal(mine[i] is not null, cache.TryGet(key, out var value));
                Assert.Equal(mine[i], value);
                mine[i] = random.Next(3) == 0 ? null : Name(round);
                if (mine[i] is { } next) cache.Set(key, next);
                else cache.Remove(key);
            }
        });

        Assert.Equal(0, cache.Evictions);
    }

    private static void OnThreads(Action<int> work) =>
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, work);

    private static string Name(int i) => i.ToString(CultureInfo.InvariantCulture);
}
