using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Storage.Cassandra;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Cassandra;

public sealed class CassandraLinkStoreTests(KeyspaceOfOneNode keyspace)
    : LinkStoreContract(new CassandraData<ILinkStore>(keyspace, database => new CassandraLinkStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

public sealed class CassandraKeyBlockStoreTests(KeyspaceOfOneNode keyspace)
    : KeyBlockStoreContract(new CassandraData<IKeyBlockStore>(keyspace, database => new CassandraKeyBlockStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

public sealed class CassandraDeveloperKeyStoreTests(KeyspaceOfOneNode keyspace)
    : DeveloperKeyStoreContract(new CassandraData<IDeveloperKeyStore>(keyspace, database => new CassandraDeveloperKeyStore(database))),
        IClassFixture<KeyspaceOfOneNode>;

public sealed class CassandraIdempotencyStoreTests(KeyspaceOfOneNode keyspace)
    : IdempotencyStoreContract(new CassandraData<IIdempotencyStore>(keyspace, database => new CassandraIdempotencyStore(database))),
        IClassFixture<KeyspaceOfOneNode>;
