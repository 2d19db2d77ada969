using System.Globalization;
using System.Reflection;
using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>
/// Brings a database to the schema of this version: the numbered scripts in <c>Sqlite/Migrations/</c>, each in a transaction
/// of its own, from the one after <c>PRAGMA user_version</c> on.
/// </summary>
internal static class Migrations
{
    private const string Folder = "Shortener.Storage.Sqlite.Migrations.";

    public static void Apply(SqliteSession session, string file)
    {
        var scripts = Scripts();
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
            session.Execute(scripts[number - 1]);
            session.Execute($"PRAGMA user_version = {number}");
            session.Execute("COMMIT");
        }
    }

    private static List<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        for (var i = 0; i < names.Count; i++)
        {
            if (int.Parse(names[i].AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture) != i + 1)
                throw new InvalidOperationException($"Migration {i + 1} is missing before {names[i]}.");
        }

        return names.ConvertAll(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
    }
}
