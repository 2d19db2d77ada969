using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Cassandra;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraLinkStoreTests(KeyspaceOfOneNode keyspace)
    : LinkStoreContract(new CassandraData<ILinkStore>(keyspace, ["links"], database => new CassandraLinkStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraKeyBlockStoreTests(KeyspaceOfOneNode keyspace)
    : KeyBlockStoreContract(new CassandraData<IKeyBlockStore>(keyspace, ["key_blocks"], database => new CassandraKeyBlockStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraDeveloperKeyStoreTests(KeyspaceOfOneNode keyspace)
    : DeveloperKeyStoreContract(new CassandraData<IDeveloperKeyStore>(keyspace, ["developer_keys"], database => new CassandraDeveloperKeyStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraIdempotencyStoreTests(KeyspaceOfOneNode keyspace)
    : IdempotencyStoreContract(new CassandraData<IIdempotencyStore>(keyspace, ["idempotency"], database => new CassandraIdempotencyStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraVisitStoreTests(KeyspaceOfOneNode keyspace)
    : VisitStoreContract(new CassandraData<IVisitStore>(keyspace, [], database => new CassandraVisitStore(database, Settings))),
        IClassFixture<KeyspaceOfOneNode>;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraLinkEndStoreTests(KeyspaceOfOneNode keyspace)
    : LinkEndStoreContract(new CassandraData<LinkStores>(
        keyspace, [], database => new(new CassandraLinkStore(database), new CassandraLinkEndStore(database)))),
        IClassFixture<KeyspaceOfOneNode>;

[Trait("Store", "Cassandra, one node")]
public sealed class CassandraVisitRetentionTests(KeyspaceOfOneNode keyspace)
    : VisitRetentionContract(new CassandraData<RetentionStores>(
        keyspace, [],
        database => new(
            new CassandraLinkStore(database), new CassandraLinkEndStore(database),
            new CassandraVisitStore(database, CountsOnly.Settings)))),
        IClassFixture<KeyspaceOfOneNode>;
