using Microsoft.Data.Sqlite;

namespace Shortener.Storage.Sqlite;

/// <summary>Times as the tables hold them: milliseconds since 1970, UTC.</summary>
internal static class SqliteTime
{
    public static DateTimeOffset? Read(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
