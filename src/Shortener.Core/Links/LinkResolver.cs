using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shortener.Core.Caching;

namespace Shortener.Core.Links;

/// <summary>How a resolver caches.</summary>
/// <param name="Entries">The most links kept in memory.</param>
/// <param name="MissEntries">The most unknown aliases kept, apart from the links so that a scanner evicts none.</param>
/// <param name="Lifetime">How long a link is used before it is looked up again, from the beginning of its look-up on.</param>
/// <param name="MissLifetime">The same for an unknown alias.</param>
/// <param name="StaleLifetime">How long past its lifetime a link is still served while the store cannot answer.</param>
/// <param name="LookupTimeout">How long a look-up may take before the caller gets an error.</param>
public sealed record ResolverSettings(
    int Entries, int MissEntries, TimeSpan Lifetime, TimeSpan MissLifetime, TimeSpan StaleLifetime, TimeSpan LookupTimeout);

/// <summary>
/// Finds what an alias leads to: memory first, then the look-up, with one in flight per alias whatever the number of
/// callers. Every change must be followed by <see cref="Forget"/>; a look-up that began before a change then never fills
/// the cache with what was before it. A change that nobody tells of is seen after the lifetime at the latest.
/// </summary>
public sealed class LinkResolver(ILinkLookup lookup, TimeProvider time, ResolverSettings settings)
{
    private readonly SieveCache<ResolvedLink> _links = new(settings.Entries);
    private readonly SieveCache<ResolvedLink> _misses = new(settings.MissEntries);
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly long _lifetime = Ticks(settings.Lifetime, time);
    private readonly long _missLifetime = Ticks(settings.MissLifetime, time);
    private readonly long _staleLifetime = Ticks(settings.StaleLifetime, time);
    private readonly long _longestFlight = Math.Min(Ticks(settings.Lifetime, time), Ticks(settings.MissLifetime, time));
    private long _lookups;
    private long _staleServed;

    /// <summary>Links in memory.</summary>
    public int CachedLinks => _links.Count;

    /// <summary>Unknown aliases in memory.</summary>
    public int CachedMisses => _misses.Count;

    /// <summary>Links that made room for others.</summary>
    public long Evictions => _links.Evictions;

    /// <summary>How often memory did not know.</summary>
    public long Lookups => Interlocked.Read(ref _lookups);

    /// <summary>How often a link past its lifetime was served because the store could not answer.</summary>
    public long StaleServed => Interlocked.Read(ref _staleServed);

    private long Timestamp => time.GetTimestamp();

    /// <summary>What memory knows and may still say about <paramref name="alias"/>. Never blocks, never waits.</summary>
    public bool TryGetCached(ReadOnlySpan<char> alias, [MaybeNullWhen(false)] out ResolvedLink link) =>
        (_links.TryGet(alias, out link) || _misses.TryGet(alias, out link)) && Timestamp < link.FreshUntil;

    /// <summary>Looks the link up, unless memory knows or somebody is asking already.</summary>
    /// <exception cref="StoreException">The store cannot answer and memory has nothing to serve in its place.</exception>
    /// <exception cref="TimeoutException">The look-up took too long; it goes on and may still fill the cache.</exception>
    public async ValueTask<ResolvedLink> ResolveAsync(string alias, CancellationToken cancellationToken)
    {
        if (TryGetCached(alias, out var cached)) return cached;
        try
        {
            return await FlightOf(alias).Result.WaitAsync(settings.LookupTimeout, time, cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or TimeoutException && TryGetStale(alias, out cached))
        {
            Interlocked.Increment(ref _staleServed);
            return cached;
        }
    }

    /// <summary>Drops what memory knows of <paramref name="alias"/>: call it when a change is durable.</summary>
    public void Forget(string alias)
    {
        if (_flights.TryRemove(alias, out var flight))
        {
            lock (flight) flight.IsOutdated = true;
        }

        _links.Remove(alias);
        _misses.Remove(alias);
    }

    /// <summary>The look-up under way, unless it is so old that what it answers may be too old; then a new one.</summary>
    private Flight FlightOf(string alias)
    {
        while (true)
        {
            var flight = _flights.GetOrAdd(alias, static (key, resolver) => new Flight(resolver, key, resolver.Timestamp), this);
            if (Timestamp - flight.Began < _longestFlight) return flight;
            var next = new Flight(this, alias, Timestamp);
            if (!_flights.TryUpdate(alias, next, flight)) continue;
            lock (flight) flight.IsOutdated = true;
            return next;
        }
    }

    private async Task<ResolvedLink> LoadAsync(string alias, Flight flight)
    {
        try
        {
            Interlocked.Increment(ref _lookups);
            // Not the first caller's token: others wait for the same answer.
            var link = await lookup.FindAsync(alias, CancellationToken.None);
            // A slow answer may be as old as its question.
            var resolved = ResolvedLink.From(link, flight.Began + (link is null ? _missLifetime : _lifetime));
            lock (flight)
            {
                if (!flight.IsOutdated) Fill(alias, resolved);
            }

            return resolved;
        }
        finally
        {
            _flights.TryRemove(KeyValuePair.Create(alias, flight));
        }
    }

    private void Fill(string alias, ResolvedLink resolved)
    {
        var (into, outOf) = resolved.Location is null ? (_misses, _links) : (_links, _misses);
        into.Set(alias, resolved);
        outOf.Remove(alias);
    }

    private bool TryGetStale(string alias, [MaybeNullWhen(false)] out ResolvedLink link) =>
        _links.TryGet(alias, out link) && Timestamp < link.FreshUntil + _staleLifetime;

    private static long Ticks(TimeSpan span, TimeProvider time) =>
        (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>One look-up under way, shared by all who want its alias; it starts when the first of them asks.</summary>
    private sealed class Flight
    {
        private readonly Lazy<Task<ResolvedLink>> _result;

        public Flight(LinkResolver resolver, string alias, long began) =>
            (Began, _result) = (began, new(() => resolver.LoadAsync(alias, this)));

        public long Began { get; }

        public bool IsOutdated { get; set; }

        public Task<ResolvedLink> Result => _result.Value;
    }
}
