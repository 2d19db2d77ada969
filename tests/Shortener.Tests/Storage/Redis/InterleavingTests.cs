using System.Globalization;
using Shortener.Core.Links;
using Shortener.Storage.Redis;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Storage.Redis;

/// <summary>
/// Two processes over one store and one Redis: look-ups that are slow, writes in between, change messages that get lost. Each
/// history is drawn from its number, which a failure names.
/// </summary>
public sealed class InterleavingTests(RedisServer server) : RedisTests(server)
{
    private const int Histories = 10_000;
    private const int AtOnce = 16;
    private const int Steps = 12;

    private static readonly ResolverSettings Local = new(
        Entries: 10, MissEntries: 10, Lifetime: TimeSpan.FromSeconds(2), MissLifetime: TimeSpan.FromSeconds(2), StaleLifetime: TimeSpan.FromHours(1),
        LookupTimeout: CachedProcess.Patience, Patience: CachedProcess.Patience);

    [Fact]
    public async Task A_changed_or_deleted_link_is_never_served_old_after_the_lifetime_in_memory()
    {
        var settings = Settings with { MaxStoreLookups = 10_000 };
        await using var one = await StartProcessAsync(settings);
        await using var two = await StartProcessAsync(settings);

        await Parallel.ForAsync(0, Histories, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token }, async (number, _) =>
        {
            var history = new History(number, Sqlite, one.Cache, two.Cache) { Evict = alias => Database.KeyDeleteAsync(KeyOf(alias)) };
            try
            {
                await history.RunAsync();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"History {number}: {string.Join(", ", history.Log)}", failure);
            }
        });

        // What the histories are about did happen.
        Assert.True(one.Cache.RefusedFills + two.Cache.RefusedFills > Histories / 10, $"{one.Cache.RefusedFills} + {two.Cache.RefusedFills}");
        Assert.Equal((0, 0), (one.Connection.Failures, two.Connection.Failures));
    }

    /// <summary>The part of a process that one alias sees.</summary>
    private sealed class Side : IDisposable
    {
        private readonly LinkCache _cache;
        private readonly Action<string> _hear;

        public Side(string name, ILinkStore store, LinkCache cache, MovableClock clock, string alias, bool losesMessages)
        {
            (Name, _cache) = (name, cache);
            Slow = new SlowLinkStore(store);
            Lookup = new RedisLinkLookup(Slow, cache);
            Resolver = new LinkResolver(Lookup, clock, Local);
            Store = new CachedLinkStore(store, cache);
            _hear = changed =>
            {
                if (changed == alias && !losesMessages) Resolver.Forget(alias);
            };
            cache.Changed += _hear;
        }

        public string Name { get; }

        public SlowLinkStore Slow { get; }

        public RedisLinkLookup Lookup { get; }

        public LinkResolver Resolver { get; }

        public CachedLinkStore Store { get; }

        public List<Task> Reads { get; } = [];

        public void Dispose() => _cache.Changed -= _hear;
    }

    private sealed class History(int number, ILinkStore store, LinkCache one, LinkCache two)
    {
        private readonly Random _random = new(number);
        private readonly MovableClock _clock = new();
        private readonly string _alias = $"history-{number}";
        private Side[] _sides = [];
        private Link? _link;

        public required Func<string, Task> Evict { get; init; }

        public List<string> Log { get; } = [];

        public async Task RunAsync()
        {
            using var first = new Side("one", store, one, _clock, _alias, losesMessages: _random.Next(2) == 0);
            using var second = new Side("two", store, two, _clock, _alias, losesMessages: _random.Next(2) == 0);
            _sides = [first, second];
            for (var step = 0; step < Steps; step++)
            {
                var side = _sides[_random.Next(2)];
                await (_random.Next(6) switch
                {
                    0 or 1 => ReadAsync(side),
                    2 => WriteAsync(side),
                    3 => CheckLaterAsync(),
                    4 => EvictAsync(),
                    _ => ReleaseAsync(side),
                });
            }

            foreach (var side in _sides)
            {
                while (side.Slow.ReleaseOne(_random)) Log.Add($"release {side.Name}");
                await Task.WhenAll(side.Reads);
            }

            await CheckLaterAsync();
        }

        /// <summary>Begins a visit, and goes on when it has its answer or waits for the store's.</summary>
        private async Task ReadAsync(Side side)
        {
            Log.Add($"read {side.Name}");
            side.Slow.Holds = true;
            side.Slow.Expect();
            var lookups = side.Resolver.Lookups;
            var read = side.Resolver.ResolveAsync(_alias, Token).AsTask();
            side.Reads.Add(read);
            // One that joins a look-up under way waits for what is held already.
            if (side.Resolver.Lookups > lookups) await Task.WhenAny(read, side.Slow.NextHeld.Task);
            side.Slow.Holds = false;
        }

        private async Task WriteAsync(Side side)
        {
            if (_link is null || _random.Next(3) > 0)
            {
                var url = string.Create(CultureInfo.InvariantCulture, $"https://example.com/{(_link?.Version ?? 0) + 1}/{_random.Next()}");
                Log.Add($"{(_link is null ? "make" : "change")} {side.Name}");
                _link = _link is null
                    ? Assert.IsType<Link>(await side.Store.InsertAsync(CachedProcess.NewLink(_alias, url), Token))
                    : await ChangeAsync(side, _link with { Url = url, Version = _link.Version + 1, RequestId = Guid.CreateVersion7() });
            }
            else
            {
                Log.Add($"delete {side.Name}");
                Assert.True(await side.Store.DeleteAsync(_alias, _link.Version, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, Token));
                _link = null;
            }

            // As the link service does.
            side.Resolver.Forget(_alias);
            // Redis knows it when it is answered, to whoever asks it: the only bound is the time in memory.
            foreach (var reader in _sides) Assert.Equal(_link?.Url, (await reader.Lookup.FindAsync(_alias, Token))?.Location);
            Assert.Equal(_link?.Url, (await side.Resolver.ResolveAsync(_alias, Token)).Location);
        }

        private static async Task<Link> ChangeAsync(Side side, Link changed)
        {
            Assert.True(await side.Store.UpdateAsync(changed, changed.Version - 1, Token));
            return changed;
        }

        private async Task CheckLaterAsync()
        {
            Log.Add("2 s later");
            _clock.Advance(Local.Lifetime);
            foreach (var side in _sides) Assert.Equal(_link?.Url, (await side.Resolver.ResolveAsync(_alias, Token)).Location);
        }

        /// <summary>Redis is full and drops the entry, whatever it is.</summary>
        private Task EvictAsync()
        {
            Log.Add("evict");
            return Evict(_alias);
        }

        private Task ReleaseAsync(Side side)
        {
            Log.Add($"release {side.Name}");
            side.Slow.ReleaseOne(_random);
            return Task.CompletedTask;
        }
    }
}
