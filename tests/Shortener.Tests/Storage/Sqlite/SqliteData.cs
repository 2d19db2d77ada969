using Shortener.Storage.Sqlite;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>A database in a folder of its own, for tests that close and open it.</summary>
internal class SqliteData : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private SqliteDatabase? _database;

    public string Folder => _folder.Path;

    public string File => _folder.File("shortener.db");

    /// <summary>Opens the data with small limits unless told otherwise.</summary>
    public SqliteDatabase Open(Func<SqliteSettings, SqliteSettings>? settings = null)
    {
        var usual = new SqliteSettings(Folder, MaxBytes: 0, BusyTimeout: TimeSpan.FromSeconds(1));
        return _database = SqliteDatabase.Open(settings?.Invoke(usual) ?? usual);
    }

    public void Close()
    {
        _database?.Dispose();
        _database = null;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The same for a contract suite, which sees one store in it.</summary>
internal sealed class SqliteData<TStore>(Func<SqliteDatabase, TStore> store) : SqliteData, IStoreData<TStore>
{
    public Task<TStore> OpenAsync() => Task.FromResult(store(Open()));

    public Task CloseAsync()
    {
        Close();
        return Task.CompletedTask;
    }
}
