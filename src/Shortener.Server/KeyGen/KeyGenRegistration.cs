using System.Security.Cryptography;
using System.Text;
using Shortener.Core.Keys;

namespace Shortener.Server.KeyGen;

/// <summary>The key pool and what fills it.</summary>
public static class KeyGenRegistration
{
    /// <summary>
    /// Makes the configured key space the active one and registers a pool of its keys. Before the host is built, so that a
    /// store that cannot be used stops the process with a sentence.
    /// </summary>
    public static async Task AddKeysAsync(this WebApplicationBuilder builder, KeyOptions options, IKeyBlockStore store)
    {
        var requested = options.Secret.Length > 0 ? KeySpace.Create(options.Length, Encoding.UTF8.GetBytes(options.Secret)) : null;
        var whenNone = KeySpace.Create(options.Length, RandomNumberGenerator.GetBytes(32));
        var spaces = await store.ActivateAsync(requested, whenNone, CancellationToken.None);
        var holder = $"{Environment.MachineName}/{Environment.ProcessId}";
        var allocator = new KeyAllocator(store, spaces, options.BlockSize, holder);
        builder.Services.AddSingleton(services => new KeyPool(
            allocator, options.PoolSize, options.LowWater, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<KeyPoolFiller>();
    }
}
