using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>
/// Brings a database to the schema of this version: the numbered scripts in <c>Sqlite/Migrations/</c>, each in a transaction
/// of its own, from the one after <c>PRAGMA user_version</c> on.
/// </summary>
internal static class Migrations
{
    public static void Apply(SqliteSession session, string file)
    {
        var scripts = MigrationScripts.Of("Sqlite");
        var current = session.First("PRAGMA user_version", reader => reader.GetInt32(0));
        if (current > scripts.Count)
        {
            throw new StoreException(
                StoreFailure.Unavailable,
                $"{file} was written by a newer version (schema {current}, this one knows {scripts.Count}): use that version.");
        }

        for (var number = current + 1; number <= scripts.Count; number++)
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute(scripts[number - 1].Text);
            session.Execute($"PRAGMA user_version = {number}");
            session.Execute("COMMIT");
        }
    }
}
