using Shortener.Storage.Cassandra;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>A keyspace for a contract suite: what the test before left is removed, and the suite sees one store in it.</summary>
internal sealed class CassandraData<TStore>(CassandraKeyspace keyspace, Func<CassandraDatabase, TStore> store) : IStoreData<TStore>
{
    private CassandraDatabase? _database;
    private bool _isOpened;

    public async Task<TStore> OpenAsync()
    {
        if (!_isOpened) await keyspace.CleanAsync();
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
