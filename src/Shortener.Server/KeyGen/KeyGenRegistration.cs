using System.Security.Cryptography;
using System.Text;
using Shortener.Core.Keys;

namespace Shortener.Server.KeyGen;

/// <summary>Keys: the pool that links take them from, and the reserve that the role keygen serves to other processes.</summary>
public static class KeyGenRegistration
{
    /// <summary>How long another process waits for a batch; its own deadline is as a rule shorter.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>Registers a pool of keys for the links that this process makes.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How keys are made.</param>
    /// <param name="keyGen">Where other processes make them.</param>
    /// <param name="store">Where they are leased.</param>
    /// <param name="spaces">What <see cref="ActivateSpaceAsync"/> returned.</param>
    public static void AddKeyPool(
        this WebApplicationBuilder builder, KeyOptions options, KeyGenOptions keyGen, IKeyBlockStore store, IReadOnlyList<KeySpace> spaces)
    {
        // As an instance, of which the container does not dispose: where a start fails, the filler may still be making keys.
        var maker = new KeyMaker(store, spaces, options.BlockSize, Holder);
        if (keyGen.Addresses.Count == 0) builder.Services.AddSingleton<IKeyBatchSource>(maker);
        else
            builder.Services.AddSingleton<IKeyBatchSource>(services => new KeyGenClient(
                keyGen, maker, services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<KeyGenClient>>()));
        builder.Services.AddSingleton(services => new KeyPool(
            new KeyAllocator(services.GetRequiredService<IKeyBatchSource>()), options.PoolSize, options.LowWater,
            services.GetRequiredService<TimeProvider>()));
        builder.AddFiller<KeyPool>("key pool");
    }

    /// <summary>Registers a reserve of batches for other processes. It is always leased from the store.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">What is kept ready.</param>
    /// <param name="store">Where they are leased.</param>
    /// <param name="spaces">What <see cref="ActivateSpaceAsync"/> returned.</param>
    public static void AddKeyReserve(
        this WebApplicationBuilder builder, KeyGenOptions options, IKeyBlockStore store, IReadOnlyList<KeySpace> spaces)
    {
        builder.Services.AddSingleton(options);
        var maker = new KeyMaker(store, spaces, options.BatchSize, Holder);
        builder.Services.AddSingleton(services => new KeyReserve(
            maker, options.ReadyBatches, MaxWait, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<KeyGenEndpoints>();
        builder.AddFiller<KeyReserve>("reserve of batches of keys");
    }

    /// <summary>Maps the calls of other processes.</summary>
    public static void MapKeyGen(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<KeyGenEndpoints>();
        app.MapPost(KeyGenEndpoints.KeysPath, (Delegate)endpoints.TakeAsync).ExcludeFromDescription();
        app.MapPost(KeyGenEndpoints.ReturnedPath, (Delegate)endpoints.TakeBackAsync).ExcludeFromDescription();
    }

    /// <summary>
    /// Makes the configured key space the active one. Before the host is built, so that a store that cannot be used stops the
    /// process with a sentence.
    /// </summary>
    public static async Task<IReadOnlyList<KeySpace>> ActivateSpaceAsync(KeyOptions options, IKeyBlockStore store)
    {
        var requested = options.Secret.Length > 0 ? KeySpace.Create(options.Length, Encoding.UTF8.GetBytes(options.Secret)) : null;
        var whenNone = KeySpace.Create(options.Length, RandomNumberGenerator.GetBytes(32));
        return await store.ActivateAsync(requested, whenNone, CancellationToken.None);
    }

    private static string Holder => $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Not AddHostedService, which takes the second of two fillers for the first.</summary>
    private static void AddFiller<T>(this WebApplicationBuilder builder, string name)
        where T : class, IKeyStock =>
        builder.Services.AddSingleton<IHostedService>(services => new KeyFiller(
            services.GetRequiredService<T>(), name, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<KeyFiller>>()));
}
