using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core;

/// <summary>A real database in a folder of its own, which can be closed and opened again as a new process would.</summary>
internal sealed class EmbeddedDatabase : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public EmbeddedDatabase() => Current = Open();

    public SqliteDatabase Current { get; private set; }

    public void Reopen()
    {
        Current.Dispose();
        Current = Open();
    }

    public void Dispose()
    {
        Current.Dispose();
        _directory.Dispose();
    }

    private SqliteDatabase Open() =>
        SqliteDatabase.Open(new SqliteSettings(_directory.Path, MaxBytes: 0, BusyTimeout: TimeSpan.FromSeconds(5), Readers: 2));
}
