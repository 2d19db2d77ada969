using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Sqlite;

[Trait("Store", "SQLite")]
public sealed class SqliteLinkStoreTests() : LinkStoreContract(new SqliteData<ILinkStore>(database => new SqliteLinkStore(database)));

[Trait("Store", "SQLite")]
public sealed class SqliteKeyBlockStoreTests()
    : KeyBlockStoreContract(new SqliteData<IKeyBlockStore>(database => new SqliteKeyBlockStore(database)));

[Trait("Store", "SQLite")]
public sealed class SqliteDeveloperKeyStoreTests()
    : DeveloperKeyStoreContract(new SqliteData<IDeveloperKeyStore>(database => new SqliteDeveloperKeyStore(database)));

[Trait("Store", "SQLite")]
public sealed class SqliteIdempotencyStoreTests()
    : IdempotencyStoreContract(new SqliteData<IIdempotencyStore>(database => new SqliteIdempotencyStore(database)));

[Trait("Store", "SQLite")]
public sealed class SqliteVisitStoreTests()
    : VisitStoreContract(new SqliteData<IVisitStore>(database => new SqliteVisitStore(database, Settings)));

[Trait("Store", "SQLite")]
public sealed class SqliteLinkEndStoreTests()
    : LinkEndStoreContract(new SqliteData<LinkStores>(database => new(new SqliteLinkStore(database), new SqliteLinkEndStore(database))));

[Trait("Store", "SQLite")]
public sealed class SqliteVisitRetentionTests() : VisitRetentionContract(new SqliteData<RetentionStores>(
    database => new(new SqliteLinkStore(database), new SqliteLinkEndStore(database), new SqliteVisitStore(database, CountsOnly.Settings))));
