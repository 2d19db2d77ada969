using Microsoft.Data.Sqlite;
using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>How a database is opened.</summary>
/// <param name="Directory">The folder of its files; made where it is missing.</param>
/// <param name="MaxBytes">The most bytes of the file; 0: as many as the disk has.</param>
/// <param name="BusyTimeout">How long to wait, 1 second or more, while another program has the file locked.</param>
/// <param name="Readers">Read connections.</param>
/// <param name="MaxQueued">The most reads, and the most writes, that wait; further ones are refused at once.</param>
/// <param name="MaxBatch">The most writes that share a transaction.</param>
public sealed record SqliteSettings(
    string Directory, long MaxBytes, TimeSpan BusyTimeout, int Readers = 4, int MaxQueued = 10_000, int MaxBatch = 500);

/// <summary>
/// The embedded database: one SQLite file in WAL mode with <c>synchronous=FULL</c>, one writer, several readers. One process
/// at a time may have it open.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    /// <summary>What the write-ahead log is cut to after a long read has kept it from being folded into the file.</summary>
    private const int MaxIdleLogBytes = 64 << 20;

    private readonly FileStream _lock;
    private readonly SqliteSession _writeSession;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private int _isDisposed;
    private volatile bool _isDamaged;

    private SqliteDatabase(FileStream processLock, SqliteSession writeSession, string connectionString, SqliteSettings settings, string file)
    {
        _lock = processLock;
        _writeSession = writeSession;
        _readers = new SqliteReaders(connectionString, file, settings.Readers, settings.MaxQueued);
        _writer = new SqliteWriter(writeSession, file, settings.MaxQueued, settings.MaxBatch);
        File = file;
    }

    /// <summary>The database file.</summary>
    public string File { get; }

    /// <summary>Transactions on disk since the start: fewer than <see cref="Writes"/> where callers shared them.</summary>
    public long Transactions => _writer.Transactions;

    /// <summary>Writes on disk since the start.</summary>
    public long Writes => _writer.Writes;

    /// <summary>Whether a write found no room, on the disk or within MaxBytes, and none has been put on disk since.</summary>
    public bool LacksRoom => _writer.LacksRoom;

    /// <summary>Whether something was met in the file that is damaged; so until somebody restores the file and starts anew.</summary>
    public bool IsDamaged => _isDamaged;

    /// <summary>Where the database of a folder is, or would be.</summary>
    public static string FileIn(string directory) => Path.Combine(directory, "shortener.db");

    /// <summary>Opens the database, brings its schema up to date, and keeps other processes out until disposed.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says what to do.</exception>
    public static SqliteDatabase Open(SqliteSettings settings)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = FileIn(settings.Directory);
        var processLock = LockDirectory(settings.Directory);
        SqliteSession? session = null;
        try
        {
            var connectionString = new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Pooling = false,
                DefaultTimeout = Math.Max(1, (int)settings.BusyTimeout.TotalSeconds),
            }.ToString();
            CreateForThisUser(file);
            session = new SqliteSession(connectionString);
            if (session.First("PRAGMA journal_mode = WAL", reader => reader.GetString(0)) != "wal")
            {
                throw new StoreException(
                    StoreFailure.Unavailable,
                    $"The file system of {settings.Directory} cannot share memory between connections: name a folder on a local disk.");
            }

            session.Execute("PRAGMA synchronous = FULL");
            session.Execute($"PRAGMA journal_size_limit = {MaxIdleLogBytes}");
            Migrations.Apply(session, file);
            if (settings.MaxBytes > 0) LimitSize(session, settings.MaxBytes);
            return new SqliteDatabase(processLock, session, connectionString, settings, file);
        }
        catch (Exception failure)
        {
            session?.Dispose();
            processLock.Dispose();
            if (failure is SqliteException error) throw SqliteErrors.Translate(error, file);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _writer.Dispose();
        _readers.Dispose();
        _writeSession.Dispose();
        _lock.Dispose();
    }

    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        NotingDamageAsync(_writer.WriteAsync(work, cancellationToken));

    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken) =>
        NotingDamageAsync(_readers.ReadAsync(query, cancellationToken));

    private async Task<T> NotingDamageAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (StoreException failure) when (failure.Failure == StoreFailure.Corrupt)
        {
            _isDamaged = true;
            throw;
        }
    }

    private static FileStream LockDirectory(string directory)
    {
        try
        {
            // For this user only: the database holds what future keys are derived from.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
            else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(directory, failure);
        }

        var path = Path.Combine(directory, "shortener.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (Path.Exists(path))
        {
            throw new StoreException(
                StoreFailure.Unavailable,
                $"The folder {directory} is in use by another shortener: stop that one, or name another folder.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(directory, failure);
        }
    }

    /// <summary>Whatever the folder allows: the log's files take the mode of this one.</summary>
    private static void CreateForThisUser(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var created = new FileStream(file, options);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFailure.Unavailable, $"{file} cannot be used now ({failure.Message}).", failure);
        }
    }

    private static StoreException CannotWrite(string directory, Exception failure) => new(
        StoreFailure.Unavailable,
        $"The folder {directory} cannot be written: name another one, or let this user write there.", failure);

    private static void LimitSize(SqliteSession session, long maxBytes)
    {
        var pageSize = session.First("PRAGMA page_size", reader => reader.GetInt64(0));
        session.Execute($"PRAGMA max_page_count = {Math.Max(1, maxBytes / pageSize)}");
    }
}
