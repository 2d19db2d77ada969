namespace Shortener.Storage.Redis;

/// <summary>How links are kept in Redis.</summary>
/// <param name="Prefix">What every key and channel begins with.</param>
/// <param name="Lifetime">How long a link is kept, give or take a tenth.</param>
/// <param name="UnknownLifetime">How long it is kept that an alias is unknown.</param>
/// <param name="MarkerLifetime">How long a deleted link, or a write whose outcome is unknown, stays marked.</param>
/// <param name="LeaseLifetime">How long a look-up in the store may take whose answer still goes to Redis.</param>
/// <param name="ReadTimeout">How long Redis may take to answer a look-up.</param>
/// <param name="WriteTimeout">How long Redis may take to take a change.</param>
/// <param name="MaxStoreLookups">The most look-ups in the store at once.</param>
/// <param name="MaxPending">The most changes kept until Redis takes them.</param>
/// <param name="Settling">
/// How long after an outage of Redis what it holds is not believed: the time in which every process writes what Redis did not take.
/// </param>
public sealed record LinkCacheSettings(
    string Prefix, TimeSpan Lifetime, TimeSpan UnknownLifetime, TimeSpan MarkerLifetime, TimeSpan LeaseLifetime,
    TimeSpan ReadTimeout, TimeSpan WriteTimeout, int MaxStoreLookups, int MaxPending,
    TimeSpan Settling);
