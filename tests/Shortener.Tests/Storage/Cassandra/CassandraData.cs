using Shortener.Storage.Cassandra;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>A keyspace for a contract suite: what the test before left is removed, and the suite sees one store in it.</summary>
/// <param name="keyspace">The keyspace.</param>
/// <param name="tables">What is to be made anew for each test, with the lists; none: its tests use names that no other has used.</param>
/// <param name="store">The store.</param>
internal sealed class CassandraData<TStore>(
    CassandraKeyspace keyspace, IReadOnlyList<string> tables, Func<CassandraDatabase, TStore> store) : IStoreData<TStore>
{
    private CassandraDatabase? _database;
    private bool _isOpened;

    public bool IsSlow => keyspace is KeyspaceOfThreeNodes;

    public async Task<TStore> OpenAsync()
    {
        if (!_isOpened) await keyspace.CleanAsync(tables);
        _isOpened = true;
        return store(_database = await CassandraDatabase.OpenAsync(keyspace.Settings, TimeProvider.System));
    }

    public async Task CloseAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
        _database = null;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
