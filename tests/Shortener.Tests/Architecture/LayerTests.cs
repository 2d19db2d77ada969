using System.Reflection;
using System.Xml.Linq;
using Shortener.Core.Links;
using Shortener.Server.Redirect;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Docs;

namespace Shortener.Tests.Architecture;

public sealed class LayerTests
{
    private static readonly Assembly Core = typeof(Link).Assembly;
    private static readonly Assembly Storage = typeof(SqliteDatabase).Assembly;
    private static readonly Assembly Server = typeof(CacheOptions).Assembly;

    /// <summary>Folders of the server that stand for parts of the service which a process of its own may run.</summary>
    public static TheoryData<string> Roles => new("Redirect", "Management", "KeyGen");

    [Fact]
    public void The_core_uses_the_base_library_and_nothing_else()
    {
        Assert.All(Core.GetReferencedAssemblies(), used => Assert.StartsWith("System.", used.Name, StringComparison.Ordinal));
        Assert.Empty(ReferencesIn("src/Shortener.Core/Shortener.Core.csproj"));
    }

    [Fact]
    public void The_storage_uses_the_core_and_drivers_but_neither_the_server_nor_asp_net()
    {
        var used = Storage.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        Assert.Contains(Core.GetName().Name!, used);
        Assert.DoesNotContain(Server.GetName().Name!, used);
        Assert.DoesNotContain(used, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain(ReferencesIn("src/Shortener.Storage/Shortener.Storage.csproj"), reference =>
            reference.Contains("Server", StringComparison.Ordinal) || reference.Contains("AspNetCore", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_of_the_server_uses_no_other_role(string role)
    {
        var others = Roles.Select(row => row.Data).Where(other => other != role).Select(NamespaceOf).ToList();
        var types = TypesIn(Server, NamespaceOf(role)).ToList();
        Assert.NotEmpty(types);

        var wrong = from type in types
                    from used in TypeReferences.Of(type)
                    where others.Exists(other => IsWithin(used, other))
                    select $"{type} uses {used}";
        Assert.Empty(wrong);
    }

    /// <summary>Constants and nameof leave no trace in the assembly, so the source is searched as well.</summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_of_the_server_names_no_other_role(string role)
    {
        var others = Roles.Select(row => row.Data).Where(other => other != role).ToList();
        var files = Directory.GetFiles(Repository.Path($"src/Shortener.Server/{role}"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains($"namespace {NamespaceOf(role)}", File.ReadAllText(file), StringComparison.Ordinal));

        var wrong = from file in files
                    from line in File.ReadLines(file)
                    where others.Exists(other => line.Contains(NamespaceOf(other), StringComparison.Ordinal))
                    select $"{file}: {line}";
        Assert.Empty(wrong);
    }

    /// <summary>The search above finds what the server does use, as a check that it can find anything.</summary>
    [Fact]
    public void Uses_within_fields_signatures_and_code_are_found()
    {
        var used = TypeReferences.Of(typeof(LinkService)).ToList();

        Assert.Contains(typeof(ILinkStore), used);
        Assert.Contains(typeof(LinkResult), used);
        Assert.Contains(typeof(LinkOutcome), TypesIn(Core, "Shortener.Core.Links").Where(type => type.DeclaringType == typeof(LinkService))
            .SelectMany(TypeReferences.Of));
    }

    private static string NamespaceOf(string role) => $"Shortener.Server.{role}";

    private static IEnumerable<Type> TypesIn(Assembly assembly, string name) => assembly.GetTypes().Where(type => IsWithin(type, name));

    private static bool IsWithin(Type type, string name) =>
        type.Namespace == name || type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) is true;

    /// <summary>A compiler leaves out references that no code uses; the project file does not.</summary>
    private static IEnumerable<string> ReferencesIn(string project) =>
        XDocument.Load(Repository.Path(project)).Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference")
            .Select(element => element.Attribute("Include")!.Value);
}
