using Shortener.Core.Destinations;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;
using Shortener.Tests.Core.Keys;

namespace Shortener.Tests.Core.Links;

/// <summary>A link service and its resolver over a real database, a clock that can be moved, and a key pool.</summary>
internal sealed class LinkFixture : IDisposable
{
    public static readonly Caller Alice = new("alice", MayNeverExpire: true);
    public static readonly Caller Bob = new("bob", MayNeverExpire: true);

    public static readonly LinkRuleSettings RuleSettings = new(
        DefaultLifetime: TimeSpan.FromDays(365), MaxLifetime: TimeSpan.FromDays(730), DefaultRedirectStatus: 302);

    public static readonly ResolverSettings ResolverSettings = new(
        Entries: 100, MissEntries: 100, Lifetime: TimeSpan.FromMinutes(10), MissLifetime: TimeSpan.FromSeconds(10),
        StaleLifetime: TimeSpan.FromHours(1), LookupTimeout: TimeSpan.FromSeconds(20), Patience: TimeSpan.FromSeconds(5));

    private readonly EmbeddedDatabase _database;

    private LinkFixture(EmbeddedDatabase database, KeySource keys, ResolverSettings settings)
    {
        (_database, Keys) = (database, keys);
        Store = new LinkStoreDecorator(new SqliteLinkStore(database.Current));
        Resolver = new LinkResolver(new StoreLinkLookup(Store), Clock, settings);
        var rules = new LinkRules(new DestinationPolicy(2_048, [], []), RuleSettings);
        Service = new LinkService(Store, keys.Pool, rules, Resolver, Clock);
        OtherService = new LinkService(Store, keys.Pool, rules, Resolver, Clock);
    }

    public MovableClock Clock { get; } = new();

    public KeySource Keys { get; }

    public LinkStoreDecorator Store { get; }

    public LinkResolver Resolver { get; }

    public LinkService Service { get; }

    /// <summary>As in another process: it takes no turns with <see cref="Service"/>.</summary>
    public LinkService OtherService { get; }

    public static async Task<LinkFixture> StartAsync(ResolverSettings? settings = null)
    {
        var database = new EmbeddedDatabase();
        var keys = await KeySource.StartAsync(database, KeySpaces.Of("secret"), blockSize: 100, poolSize: 50);
        await keys.Pool.RefillAsync(CancellationToken.None);
        return new LinkFixture(database, keys, settings ?? ResolverSettings);
    }

    /// <summary>Makes a link, under a key where <paramref name="alias"/> is null, and expects that it succeeds.</summary>
    public async Task<Link> CreateAsync(string? alias, string url = "https://example.com/", Caller? caller = null)
    {
        var result = await TryCreateAsync(alias, url, caller);
        Assert.Equal(LinkOutcome.Done, result.Outcome);
        return result.Link!;
    }

    public Task<LinkResult> TryCreateAsync(string? alias, string url = "https://example.com/", Caller? caller = null) =>
        Service.CreateAsync(
            caller ?? Alice, new LinkDraft { Url = url, Alias = alias }, new CreateAttempt(Guid.CreateVersion7()), CancellationToken.None);

    public Task<LinkResult> PatchAsync(string alias, LinkDraft draft, Predicate<Link>? mayChange = null, Caller? caller = null) =>
        Service.PatchAsync(caller ?? Alice, alias, draft, mayChange, CancellationToken.None);

    public Task<LinkResult> DeleteAsync(string alias, Predicate<Link>? mayChange = null, Caller? caller = null) =>
        Service.DeleteAsync(caller ?? Alice, alias, mayChange, CancellationToken.None);

    public async Task<ResolvedLink> ResolveAsync(string alias, CancellationToken cancellationToken = default) =>
        await Resolver.ResolveAsync(alias, cancellationToken);

    public async Task<Resolution> ResolutionAsync(string alias) => (await ResolveAsync(alias)).At(Clock.GetUtcNow());

    public void Dispose()
    {
        Keys.Dispose();
        _database.Dispose();
    }
}
