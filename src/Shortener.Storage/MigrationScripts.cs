using System.Globalization;
using System.Reflection;

namespace Shortener.Storage;

/// <summary>The numbered scripts that make a store's schema: embedded files <c>0001_name</c>, <c>0002_name</c> and so on.</summary>
internal static class MigrationScripts
{
    /// <param name="store">The store's folder.</param>
    /// <returns>Names and texts; that of migration 1 is the first.</returns>
    public static IReadOnlyList<(string Name, string Text)> Of(string store)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"Shortener.Storage.{store}.Migrations.";
        var resources = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        var scripts = new List<(string Name, string Text)>(resources.Count);
        foreach (var resource in resources)
        {
            if (int.Parse(resource.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture) != scripts.Count + 1)
                throw new InvalidOperationException($"Migration {scripts.Count + 1} is missing before {resource}.");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add((Path.GetFileNameWithoutExtension(resource[folder.Length..]), reader.ReadToEnd()));
        }

        return scripts;
    }
}
