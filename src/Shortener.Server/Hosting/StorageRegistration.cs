using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;

namespace Shortener.Server.Hosting;

/// <summary>The embedded storage.</summary>
public static class StorageRegistration
{
    /// <summary>Opens the database and registers the stores in it; it is closed with the host.</summary>
    public static async Task<IKeyBlockStore> AddEmbeddedStorageAsync(this WebApplicationBuilder builder, StorageOptions options)
    {
        var database = SqliteDatabase.Open(new SqliteSettings(
            options.Directory, options.MaxBytes, options.BusyTimeout, options.Readers, options.MaxQueued));
        var idempotency = new SqliteIdempotencyStore(database);
        await idempotency.UnlockAllAsync(CancellationToken.None);
        // By a factory, so that the container disposes of it.
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton<ILinkStore, SqliteLinkStore>();
        builder.Services.AddSingleton<IDeveloperKeyStore, SqliteDeveloperKeyStore>();
        builder.Services.AddSingleton<IIdempotencyStore>(idempotency);
        return new SqliteKeyBlockStore(database);
    }
}
