using Shortener.Tests.Docs;

namespace Shortener.Tests.Architecture;

public sealed class RepositoryTests
{
    /// <summary>In two halves each, so that this file does not name them.</summary>
    private static readonly string[] Registries =
        ["nuget" + ".org", "nuget" + ".pkg.github.com", "pkgs.dev" + ".azure.com", "myget" + ".org", "/v3/" + "index.json"];

    private static readonly string Unfinished = "TO" + "DO";

    [Fact]
    public async Task Every_source_file_is_shorter_than_300_lines()
    {
        var sources = (await TrackedFiles.ListAsync())
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sources);

        Assert.DoesNotContain(sources, file => File.ReadLines(Repository.Path(file)).Count() >= 300);
    }

    [Fact]
    public async Task No_file_names_a_registry_of_packages() => Assert.Empty(
        await FilesWithAsync(text => Array.Exists(Registries, registry => text.Contains(registry, StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public async Task Nothing_is_left_to_be_done_in_a_comment() =>
        Assert.Empty(await FilesWithAsync(text => text.Contains(Unfinished, StringComparison.Ordinal)));

    private static async Task<List<string>> FilesWithAsync(Predicate<string> isWrong)
    {
        var tracked = await TrackedFiles.ListAsync();
        Assert.Contains("Shortener.sln", tracked);
        var wrong = new List<string>();
        foreach (var file in tracked)
        {
            if (isWrong(await File.ReadAllTextAsync(Repository.Path(file)))) wrong.Add(file);
        }

        return wrong;
    }
}
