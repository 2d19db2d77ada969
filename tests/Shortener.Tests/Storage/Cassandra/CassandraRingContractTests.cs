using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Cassandra;

[Collection(CassandraRing.Collection), Trait("Run", "long"), Trait("Store", "Cassandra, three nodes")]
public sealed class CassandraRingLinkStoreTests(KeyspaceOfThreeNodes keyspace)
    : LinkStoreContract(new CassandraData<ILinkStore>(keyspace, ["links"], database => new CassandraLinkStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection), Trait("Run", "long"), Trait("Store", "Cassandra, three nodes")]
public sealed class CassandraRingKeyBlockStoreTests(KeyspaceOfThreeNodes keyspace)
    : KeyBlockStoreContract(new CassandraData<IKeyBlockStore>(keyspace, ["key_blocks"], database => new CassandraKeyBlockStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection), Trait("Run", "long"), Trait("Store", "Cassandra, three nodes")]
public sealed class CassandraRingDeveloperKeyStoreTests(KeyspaceOfThreeNodes keyspace)
    : DeveloperKeyStoreContract(new CassandraData<IDeveloperKeyStore>(keyspace, ["developer_keys"], database => new CassandraDeveloperKeyStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection), Trait("Run", "long"), Trait("Store", "Cassandra, three nodes")]
public sealed class CassandraRingIdempotencyStoreTests(KeyspaceOfThreeNodes keyspace)
    : IdempotencyStoreContract(new CassandraData<IIdempotencyStore>(keyspace, ["idempotency"], database => new CassandraIdempotencyStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection), Trait("Run", "long"), Trait("Store", "Cassandra, three nodes")]
public sealed class CassandraRingLinkEndStoreTests(KeyspaceOfThreeNodes keyspace)
    : LinkEndStoreContract(new CassandraData<LinkStores>(
        keyspace, [], database => new(new CassandraLinkStore(database), new CassandraLinkEndStore(database)))),
        IClassFixture<KeyspaceOfThreeNodes>;
