using Shortener.Server.Access;
using Shortener.Server.Hosting;
using Shortener.Server.KeyGen;
using Shortener.Server.RateLimits;
using Shortener.Server.Redirect;
using Shortener.Server.SharedCache;
using Shortener.Server.Telemetry;
using LinkOptions = Shortener.Server.Management.LinkOptions;

namespace Shortener.Server.Settings;

/// <summary>All settings, a class a feature: <c>Shortener:Feature:Name</c>.</summary>
public sealed class ShortenerOptions : ICheckedOptions
{
    private const string AllRoles = "all";

    private static readonly Dictionary<string, ProcessRoles> KnownRoles = new(StringComparer.Ordinal)
    {
        ["redirect"] = ProcessRoles.Redirect, ["management"] = ProcessRoles.Management, ["keygen"] = ProcessRoles.KeyGen,
        ["cleanup"] = ProcessRoles.Cleanup, ["telemetry"] = ProcessRoles.Telemetry,
    };

    /// <summary>The roles of the process.</summary>
    [Setting("Which parts of the service this process runs: `all`, or some of `redirect` (visits), `management` (the API), `keygen` (keys for other " +
        "processes), `telemetry` (keeps counts of visits in order), `cleanup` (nothing yet). Embedded storage belongs to one process, so it needs `all`.")]
    public IReadOnlyList<string> Roles { get; set; } = [AllRoles];

    /// <summary>What the process is and where it is reached.</summary>
    public ServerOptions Server { get; } = new();

    /// <summary>Where data is kept.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>The Cassandra cluster.</summary>
    public CassandraOptions Cassandra { get; } = new();

    /// <summary>How keys are made.</summary>
    public KeyOptions Keys { get; } = new();

    /// <summary>The key-generation role.</summary>
    public KeyGenOptions KeyGen { get; } = new();

    /// <summary>What a link may be.</summary>
    public LinkOptions Links { get; } = new();

    /// <summary>How visits are answered.</summary>
    public RedirectOptions Redirect { get; } = new();

    /// <summary>How visits are kept.</summary>
    public VisitOptions Visits { get; } = new();

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
    public bool LinksChangeElsewhere => Redis.IsUsed || Storage.IsCassandra;

    /// <summary>What the process runs. Without a token nobody could ask for keys, so that <c>all</c> is then without that role.</summary>
    private ProcessRoles Running =>
        Roles.Aggregate(ProcessRoles.None, (roles, name) => roles | KnownRoles.GetValueOrDefault(name))
        | (!Roles.Contains(AllRoles) ? ProcessRoles.None : KeyGen.Token.Length > 0 ? ProcessRoles.All : ProcessRoles.All & ~ProcessRoles.KeyGen);

    /// <summary>Whether the process runs one of <paramref name="roles"/>.</summary>
    public bool Runs(ProcessRoles roles) => (Running & roles) != ProcessRoles.None;

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        var unknown = Roles.Except(KnownRoles.Keys).Where(role => role != AllRoles).ToList();
        foreach (var role in unknown)
            yield return $"Shortener:Roles names '{role}': write {AllRoles}, or some of {string.Join(", ", KnownRoles.Keys)}.";
        if (Storage.IsCassandra && Cassandra.ContactPoints.Count == 0)
            yield return "Shortener:Cassandra:ContactPoints is empty: write the address of a Cassandra node, or Shortener:Storage:Kind=embedded.";
        if (!Storage.IsCassandra && Cassandra.ContactPoints.Count > 0)
            yield return "Shortener:Cassandra:ContactPoints is there, and the storage is embedded: write Shortener:Storage:Kind=cassandra as well.";
        if (!Storage.IsCassandra && unknown.Count == 0 && !Roles.Contains(AllRoles) && KnownRoles.Keys.Except(Roles).Any())
            yield return $"Shortener:Roles leaves roles out, but embedded storage belongs to one process: write {AllRoles}.";
        if (unknown.Count == 0 && !Runs(ProcessRoles.All & ~ProcessRoles.Cleanup))
            yield return $"Shortener:Roles is '{string.Join(',', Roles)}', which has nothing to do yet: name redirect, management, keygen or telemetry as well.";
        if (Roles.Contains("keygen") && KeyGen.Token.Length == 0)
            yield return "Shortener:Roles names keygen, which serves nobody without Shortener:KeyGen:Token: write 32 random characters or more there.";
    }
}
