using System.Globalization;
using System.Security.Cryptography;
using Shortener.Core.Caching;
using StackExchange.Redis;

namespace Shortener.Storage.Redis;

/// <summary>
/// The links in Redis that all processes share, and the word that goes round when one changes. What Redis does not take is kept
/// and tried again until it does. docs/decisions/0010 says what holds when.
/// </summary>
public sealed class LinkCache
{
    private const string Hex = "x16";

    /// <summary>Changes tried again at once.</summary>
    private const int RetryBatch = 100;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly RedisConnection _redis;
    private readonly LinkCacheSettings _settings;
    private readonly TimeProvider _time;
    private readonly string _channel;
    private readonly PendingChanges _pending;
    private readonly StripedCounter _hits = new();
    private readonly StripedCounter _misses = new();
    private readonly string _process = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _leases;
    private long _refusedFills;

    /// <summary>To be made before the connection runs: it subscribes to the changes.</summary>
    public LinkCache(RedisConnection redis, LinkCacheSettings settings, TimeProvider time)
    {
        (_redis, _settings, _time) = (redis, settings, time);
        _channel = settings.Prefix + "changed";
        _pending = new PendingChanges(settings.MaxPending);
        redis.Subscribe(_channel, alias => Changed?.Invoke(alias));
    }

    /// <summary>Told of each alias that some process, this one included, has changed; messages can be lost.</summary>
    public event Action<string>? Changed;

    /// <summary>Look-ups that Redis answered.</summary>
    public long Hits => _hits.Value;

    /// <summary>Look-ups that Redis did not answer, whatever the reason.</summary>
    public long Misses => _misses.Value;

    /// <summary>Answers of the store that were not put because the link had changed meanwhile, or they came too late.</summary>
    public long RefusedFills => Interlocked.Read(ref _refusedFills);

    /// <summary>Changes that Redis has not taken yet.</summary>
    public int PendingChanges => _pending.Count;

    /// <summary>Changes that Redis did not take and that found no room; their old state goes with its lifetime.</summary>
    public long LostChanges => _pending.Lost;

    internal LinkCacheSettings Settings => _settings;

    /// <summary>Tries again, each second, what Redis has not taken, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RetryInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await RetryAsync();
    }

    /// <summary>Tries once to write what Redis has not taken.</summary>
    internal async Task RetryAsync()
    {
        foreach (var batch in _pending.List().Chunk(RetryBatch))
        {
            if (!_redis.IsUp) return;
            await Task.WhenAll(batch.Select(change => PutAsync(change.Key, change.Value)));
        }
    }

    /// <summary>
    /// What Redis says; null: nothing that can be relied on. Nothing is where there is no value, a lease or an unreadable one,
    /// where Redis is down, and where this process knows better than Redis.
    /// </summary>
    internal async ValueTask<(CacheEntry? Held, bool IsFree)> FindAsync(string alias)
    {
        var answer = _pending.Contains(alias) ? default
            : await _redis.CallAsync(database => database.StringGetAsync(KeyOf(alias)), _settings.ReadTimeout);
        var entry = answer.IsAnswered ? CacheEntry.Decode(answer.Value) : null;
        if (entry is { IsAnswer: true } && _redis.IsBackSinceLessThan(_settings.Settling))
            entry = new CacheEntry(CacheEntryKind.AskStore, entry.Version);
        (entry is { IsAnswer: true } ? _hits : _misses).Increment();
        return (entry, answer.IsAnswered && answer.Value.IsNull);
    }

    /// <summary>Says that this process asks the store; null: somebody else said so first, or Redis did not answer.</summary>
    internal async ValueTask<string?> LeaseAsync(string alias)
    {
        // A lease has no version: its token stands where a link has its fields.
        var number = Interlocked.Increment(ref _leases).ToString(Hex, CultureInfo.InvariantCulture);
        var lease = new CacheEntry(CacheEntryKind.Lease, 0).Encode() + " " + _process + number;
        var taken = await _redis.CallAsync(
            database => database.StringSetAsync(KeyOf(alias), lease, _settings.LeaseLifetime, When.NotExists),
            _settings.ReadTimeout);
        return taken.Value ? lease : null;
    }

    /// <summary>Puts what the store answered; returns what Redis holds in its place, if it was refused.</summary>
    /// <param name="alias">Of the link.</param>
    /// <param name="entry">What the store answered.</param>
    /// <param name="lease">From before the store was asked; empty: there was a marker that asks for the store.</param>
    internal async ValueTask<CacheEntry?> FillAsync(string alias, CacheEntry entry, string lease)
    {
        var held = await _redis.CallAsync(
            database => RunAsync(database, CacheScripts.Fill, alias, entry, lease), _settings.ReadTimeout);
        if (!held.IsAnswered || held.Value is not { IsNull: false } inPlace) return null;
        Interlocked.Increment(ref _refusedFills);
        return CacheEntry.Decode((string?)inPlace);
    }

    /// <summary>Puts what a write made and tells every process; what Redis does not take now is taken later.</summary>
    internal async Task PutAsync(string alias, CacheEntry entry)
    {
        var put = await _redis.CallAsync(database => PutAndTellAsync(database, alias, entry), _settings.WriteTimeout);
        if (put.IsAnswered) _pending.Settle(alias, entry);
        else _pending.Add(alias, entry);
    }

    private async Task<bool> PutAndTellAsync(IDatabase database, string alias, CacheEntry entry)
    {
        await RunAsync(database, CacheScripts.Put, alias, entry);
        // Afterwards: who hears it looks the link up at once.
        await database.PublishAsync(new RedisChannel(_channel, RedisChannel.PatternMode.Literal), alias);
        return true;
    }

    private Task<RedisResult> RunAsync(IDatabase database, string script, string alias, CacheEntry entry, string lease = "") =>
        RedisScript.RunAsync(database, script, KeyOf(alias), entry.Encode(), (long)LifetimeOf(alias, entry).TotalMilliseconds, lease);

    /// <summary>A tenth more or less, so that links which came at once do not go at once.</summary>
    private TimeSpan LifetimeOf(string alias, CacheEntry entry) => entry switch
    {
        { Kind: CacheEntryKind.Link } =>
            _settings.Lifetime * (0.9 + (0.2 * (HashCode.Combine(alias, entry.Version) & 1023) / 1023)),
        { Kind: CacheEntryKind.Absent, Version: 0 } => _settings.UnknownLifetime,
        _ => _settings.MarkerLifetime,
    };

    private RedisKey KeyOf(string alias) => $"{_settings.Prefix}link:{alias}";
}
