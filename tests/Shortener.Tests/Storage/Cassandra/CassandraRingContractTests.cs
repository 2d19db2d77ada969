using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Cassandra;

[Collection(CassandraRing.Collection)]
public sealed class CassandraRingLinkStoreTests(KeyspaceOfThreeNodes keyspace)
    : LinkStoreContract(new CassandraData<ILinkStore>(keyspace, database => new CassandraLinkStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection)]
public sealed class CassandraRingKeyBlockStoreTests(KeyspaceOfThreeNodes keyspace)
    : KeyBlockStoreContract(new CassandraData<IKeyBlockStore>(keyspace, database => new CassandraKeyBlockStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection)]
public sealed class CassandraRingDeveloperKeyStoreTests(KeyspaceOfThreeNodes keyspace)
    : DeveloperKeyStoreContract(new CassandraData<IDeveloperKeyStore>(keyspace, database => new CassandraDeveloperKeyStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;

[Collection(CassandraRing.Collection)]
public sealed class CassandraRingIdempotencyStoreTests(KeyspaceOfThreeNodes keyspace)
    : IdempotencyStoreContract(new CassandraData<IIdempotencyStore>(keyspace, database => new CassandraIdempotencyStore(database))),
        IClassFixture<KeyspaceOfThreeNodes>;
