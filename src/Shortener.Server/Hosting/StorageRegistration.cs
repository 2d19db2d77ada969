using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Server.Observability;
using Shortener.Server.Settings;
using Shortener.Server.Telemetry;
using Shortener.Storage.Cassandra;
using Shortener.Storage.Sqlite;

namespace Shortener.Server.Hosting;

/// <summary>The storage: embedded, or Cassandra.</summary>
public static class StorageRegistration
{
    /// <summary>Opens the storage that the settings name and registers the stores in it; it is closed with the host.</summary>
    public static Task<IKeyBlockStore> AddStorageAsync(this WebApplicationBuilder builder, ShortenerOptions options, TimeProvider time) =>
        options.Storage.IsCassandra
            ? builder.AddCassandraStorageAsync(options.Cassandra, options.Visits, time)
            : builder.AddEmbeddedStorageAsync(options.Storage, options.Visits);

    private static async Task<IKeyBlockStore> AddEmbeddedStorageAsync(
        this WebApplicationBuilder builder, StorageOptions options, VisitOptions visits)
    {
        var database = SqliteDatabase.Open(new SqliteSettings(
            options.Directory, options.MaxBytes, options.BusyTimeout, options.Readers, options.MaxQueued));
        var idempotency = new SqliteIdempotencyStore(database);
        await idempotency.UnlockAllAsync(CancellationToken.None);
        // By a factory, so that the container disposes of it.
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton<ILinkStore, SqliteLinkStore>();
        builder.Services.AddSingleton<ILinkEndStore, SqliteLinkEndStore>();
        builder.Services.AddSingleton<IDeveloperKeyStore, SqliteDeveloperKeyStore>();
        builder.Services.AddSingleton<IIdempotencyStore>(idempotency);
        builder.Services.AddSingleton<IVisitStore>(new SqliteVisitStore(database, visits.StoreSettings));
        builder.Services.AddHealthChecks().AddCheck<RoomHealth>("room").AddCheck<DamageHealth>("damage");
        return new SqliteKeyBlockStore(database);
    }

    private static async Task<IKeyBlockStore> AddCassandraStorageAsync(
        this WebApplicationBuilder builder, CassandraOptions options, VisitOptions visits, TimeProvider time)
    {
        var database = await CassandraDatabase.OpenAsync(options.ToSettings(), time);
        var keyBlocks = new CassandraKeyBlockStore(database);
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddHostedService<CassandraNotice>();
        builder.Services.AddSingleton<ILinkStore, CassandraLinkStore>();
        builder.Services.AddSingleton<ILinkEndStore, CassandraLinkEndStore>();
        builder.Services.AddSingleton<IDeveloperKeyStore, CassandraDeveloperKeyStore>();
        builder.Services.AddSingleton<IIdempotencyStore, CassandraIdempotencyStore>();
        builder.Services.AddSingleton<IVisitStore>(new CassandraVisitStore(database, visits.StoreSettings));
        return keyBlocks;
    }
}
