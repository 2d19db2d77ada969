using Shortener.Server.Access;
using Shortener.Server.Hosting;
using Shortener.Server.KeyGen;
using Shortener.Server.RateLimits;
using Shortener.Server.Redirect;
using Shortener.Server.SharedCache;
using LinkOptions = Shortener.Server.Management.LinkOptions;

namespace Shortener.Server.Settings;

/// <summary>All settings, a class a feature: <c>Shortener:Feature:Name</c>.</summary>
public sealed class ShortenerOptions : ICheckedOptions
{
    private const string AllRoles = "all";

    private static readonly string[] KnownRoles = ["redirect", "management", "keygen", "cleanup", "telemetry"];

    /// <summary>The roles of the process.</summary>
    [Setting("Which parts of the service this process runs. Embedded storage belongs to one process, so it needs `all`.")]
    public IReadOnlyList<string> Roles { get; set; } = [AllRoles];

    /// <summary>What the process is and where it is reached.</summary>
    public ServerOptions Server { get; } = new();

    /// <summary>Where data is kept.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>How keys are made.</summary>
    public KeyOptions Keys { get; } = new();

    /// <summary>What a link may be.</summary>
    public LinkOptions Links { get; } = new();

    /// <summary>How visits are answered.</summary>
    public RedirectOptions Redirect { get; } = new();

    /// <summary>What is kept in memory.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>The cache that processes share.</summary>
    public RedisOptions Redis { get; } = new();

    /// <summary>Who may ask how often.</summary>
    public RateLimitOptions RateLimits { get; } = new();

    /// <summary>Developer keys.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>What one connection may cost.</summary>
    public ConnectionOptions Connections { get; } = new();

    /// <summary>Whether other processes change links as well, which this one then does not always hear of.</summary>
    public bool LinksChangeElsewhere => Redis.IsUsed;

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        var unknown = Roles.Except(KnownRoles).Where(role => role != AllRoles).ToList();
        foreach (var role in unknown)
            yield return $"Shortener:Roles names '{role}': write {AllRoles}, or some of {string.Join(", ", KnownRoles)}.";
        if (unknown.Count == 0 && !Roles.Contains(AllRoles) && KnownRoles.Except(Roles).Any())
            yield return $"Shortener:Roles leaves roles out, but embedded storage belongs to one process: write {AllRoles}.";
    }
}
