using Shortener.Core.Links;
using Shortener.Core.Visits.Live;
using Shortener.Storage.Redis;

namespace Shortener.Server.SharedCache;

/// <summary>The cache that processes share, in front of whatever store there is.</summary>
public static class SharedCacheRegistration
{
    /// <summary>The key of the store behind the cache.</summary>
    internal const string Uncached = "uncached";

    /// <summary>Redis tries to connect again this often while it is down.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a replica of the store that lags may answer with the state before.</summary>
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromMinutes(1);

    /// <summary>Longer than a look-up in the store takes as a rule; a slower one's answer does not go to Redis.</summary>
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromSeconds(10);

    /// <summary>Every process tries to connect, and then to write its changes, each second.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Puts Redis in front of the link store that is registered; without Redis, look-ups go to the store.</summary>
    public static void AddSharedCache(this WebApplicationBuilder builder, RedisOptions options)
    {
        var services = builder.Services;
        if (!options.IsUsed)
        {
            services.AddSingleton<ILinkLookup, StoreLinkLookup>();
            return;
        }

        var store = services.Last(service => service.ServiceType == typeof(ILinkStore));
        services.Remove(store);
        services.AddKeyedSingleton(Uncached, (provider, _) => (ILinkStore)(store.ImplementationInstance
            ?? store.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, store.ImplementationType!)));

        var redis = new RedisSettings(
            options.Connection, options.ConnectTimeout, RetryInterval, options.BreakerFailures, options.BreakerWindow);
        var links = new LinkCacheSettings(
            options.Prefix, options.Lifetime, options.UnknownLifetime, MarkerLifetime, LeaseLifetime, options.ReadTimeout,
            options.WriteTimeout, options.MaxStoreLookups, options.MaxPendingChanges, Settling);
        services.AddSingleton(provider => new RedisConnection(redis, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LinkCache(
            provider.GetRequiredService<RedisConnection>(), links, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SharedFeeds(
            provider.GetRequiredService<RedisConnection>(), provider.GetRequiredService<LiveVisits>(), options.Prefix, options.WriteTimeout,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ILinkStore>(provider => new CachedLinkStore(
            provider.GetRequiredKeyedService<ILinkStore>(Uncached), provider.GetRequiredService<LinkCache>()));
        services.AddSingleton<ILinkLookup>(provider => new RedisLinkLookup(
            provider.GetRequiredKeyedService<ILinkStore>(Uncached), provider.GetRequiredService<LinkCache>()));
        services.AddHostedService<RedisKeeper>();
    }
}
