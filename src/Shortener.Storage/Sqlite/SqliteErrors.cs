using Microsoft.Data.Sqlite;
using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>Says in the store's terms, and in a sentence for the operator, what an SQLite error means.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int CorruptCode = 11;
    private const int FullCode = 13;
    private const int NotADatabase = 26;

    /// <param name="error">The error.</param>
    /// <param name="file">The database file.</param>
    /// <param name="atCommit">An error in writing while a transaction ends leaves open whether it took place.</param>
    public static StoreException Translate(SqliteException error, string file, bool atCommit = false) =>
        error.SqliteErrorCode switch
        {
            Busy or Locked => new(StoreFailure.Unavailable, $"{file} is locked by another program.", error),
            FullCode => new(StoreFailure.Full, $"There is no room left for {file}: free disk space, or raise Shortener:Storage:MaxBytes.", error),
            CorruptCode or NotADatabase => new(
                StoreFailure.Corrupt, $"{file} is damaged or no database: stop the service and restore the file from a backup.", error),
            IoError when atCommit => new(
                StoreFailure.UnknownOutcome, $"{file} could not be written to the end ({error.Message}).", error),
            _ => new(StoreFailure.Unavailable, $"{file} cannot be used now ({error.Message}).", error),
        };
}
