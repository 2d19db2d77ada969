using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shortener.Core.Caching;

namespace Shortener.Core.Links;

/// <summary>How a resolver caches.</summary>
/// <param name="Entries">The most links kept in memory.</param>
/// <param name="MissEntries">The most unknown aliases kept, apart from the links so that a scanner evicts none.</param>
/// <param name="Lifetime">How long a link is used before it is looked up again, from the beginning of its look-up on.</param>
/// <param name="MissLifetime">The same for an unknown alias.</param>
/// <param name="StaleLifetime">How long past its lifetime a link is still served while the store cannot answer, or not soon.</param>
/// <param name="LookupTimeout">How long a look-up may take before the caller gets an error.</param>
/// <param name="Patience">After this a look-up is overdue: a link past its lifetime is served if memory has one.</param>
public sealed record ResolverSettings(
    int Entries, int MissEntries, TimeSpan Lifetime, TimeSpan MissLifetime, TimeSpan StaleLifetime, TimeSpan LookupTimeout,
    TimeSpan Patience);

/// <summary>
/// Finds what an alias leads to: memory first, then the look-up, with one in flight per alias whatever the number of
/// callers. Every change must be followed by <see cref="Forget"/>; a look-up that began before a change then never fills
/// the cache with what was before it. A change that nobody tells of is seen after the lifetime at the latest, and the time
/// of a look-up.
/// </summary>
/// <remarks>
/// Nobody waits long for what memory can say in the meantime: a link past its lifetime is served while its look-up is overdue,
/// and at once where the last look-ups of others were or failed. Look-ups go on behind that, and the first that succeeds ends it.
/// </remarks>
public sealed class LinkResolver(ILinkLookup lookup, TimeProvider time, ResolverSettings settings)
{
    /// <summary>After this a link that was served past its lifetime is looked up again; before it costs no more than a fresh one.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long an overdue or failed look-up speaks for others, unless one succeeds.</summary>
    private static readonly TimeSpan TroubleLasts = TimeSpan.FromSeconds(5);

    private readonly SieveCache<ResolvedLink> _links = new(settings.Entries);
    private readonly SieveCache<ResolvedLink> _misses = new(settings.MissEntries);
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly long _lifetime = Ticks(settings.Lifetime, time);
    private readonly long _missLifetime = Ticks(settings.MissLifetime, time);
    private readonly long _staleLifetime = Ticks(settings.StaleLifetime, time);
    private readonly long _longestFlight = Math.Min(Ticks(settings.Lifetime, time), Ticks(settings.MissLifetime, time));
    private readonly long _patience = Ticks(settings.Patience, time);
    private readonly long _troubleLasts = Ticks(TroubleLasts, time);
    private readonly long _retryAfter = Ticks(RetryAfter, time);
    private long _troubleEnds = long.MinValue;
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

    /// <summary>How often a link past its lifetime was served because the store did not answer, or not soon.</summary>
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
        var flight = FlightOf(alias);
        var result = flight.Result;
        var timeout = settings.LookupTimeout;
        if (TryGetStale(alias, out var stale))
        {
            if (!result.IsCompletedSuccessfully && (IsOverdue(flight) || IsTroubled)) return ServeStale(alias, flight, stale);
            if (settings.Patience < timeout) timeout = settings.Patience;
        }

        try
        {
            return await result.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or TimeoutException && TryGetStale(alias, out stale))
        {
            return ServeStale(alias, flight, stale);
        }
        catch (TimeoutException) when (timeout < settings.LookupTimeout)
        {
            // A change has taken the stale link away meanwhile: this look-up may take its time.
            return await ResolveAsync(alias, cancellationToken);
        }
    }

    /// <summary>Drops what memory knows of <paramref name="alias"/>: call it when a change is durable.</summary>
    public void Forget(string alias)
    {
        if (_flights.TryRemove(alias, out var flight))
        {
            lock (flight) flight.IsOver = true;
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
            lock (flight) flight.IsOver = true;
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
            var freshUntil = flight.Began + (link is null ? _missLifetime : _lifetime);
            var resolved = ResolvedLink.From(link, freshUntil, freshUntil + _staleLifetime);
            lock (flight)
            {
                if (!flight.IsOver) Fill(alias, resolved);
            }

            Volatile.Write(ref _troubleEnds, long.MinValue);
            return resolved;
        }
        catch (StoreException)
        {
            if (TryGetStale(alias, out var stale)) Postpone(alias, flight, stale);
            throw;
        }
        finally
        {
            lock (flight) flight.IsOver = true;
            _flights.TryRemove(KeyValuePair.Create(alias, flight));
        }
    }

    private void Fill(string alias, ResolvedLink resolved)
    {
        var (into, outOf) = resolved.Location is null ? (_misses, _links) : (_links, _misses);
        into.Set(alias, resolved);
        outOf.Remove(alias);
    }

    private bool IsTroubled => Timestamp < Volatile.Read(ref _troubleEnds);

    private bool IsOverdue(Flight flight) => Timestamp - flight.Began >= _patience;

    private ResolvedLink ServeStale(string alias, Flight flight, ResolvedLink stale)
    {
        Interlocked.Increment(ref _staleServed);
        Postpone(alias, flight, stale);
        return stale;
    }

    /// <summary>Has others served without a look-up for a while, unless the look-up or a change has made the link known anew.</summary>
    private void Postpone(string alias, Flight flight, ResolvedLink stale)
    {
        Volatile.Write(ref _troubleEnds, Timestamp + _troubleLasts);
        lock (flight)
        {
            if (!flight.IsOver) _links.Set(alias, stale.WithFreshUntil(Math.Min(Timestamp + _retryAfter, stale.StaleUntil)));
        }
    }

    private bool TryGetStale(string alias, [MaybeNullWhen(false)] out ResolvedLink link) =>
        _links.TryGet(alias, out link) && Timestamp < link.StaleUntil;

    private static long Ticks(TimeSpan span, TimeProvider time) =>
        (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>One look-up under way, shared by all who want its alias; it starts when the first of them asks.</summary>
    private sealed class Flight
    {
        private readonly Lazy<Task<ResolvedLink>> _result;

        public Flight(LinkResolver resolver, string alias, long began) =>
            (Began, _result) = (began, new(() => resolver.LoadAsync(alias, this)));

        public long Began { get; }

        /// <summary>It has ended, or a change or a later look-up has overtaken it: nothing of it fills memory any more.</summary>
        public bool IsOver { get; set; }

        public Task<ResolvedLink> Result => _result.Value;
    }
}
