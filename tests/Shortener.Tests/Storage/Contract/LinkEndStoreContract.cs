using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

/// <summary>Links and their ends in one database.</summary>
public sealed record LinkStores(ILinkStore Links, ILinkEndStore Ends);

/// <summary>
/// What every <see cref="ILinkEndStore"/> does. Each test has times and links of its own: the stores may hold those of others.
/// </summary>
public abstract partial class LinkEndStoreContract(IStoreData<LinkStores> data) : StoreContract<LinkStores>(data)
{
    private static int _tests;

    private readonly string _name = $"link-{Guid.CreateVersion7():N}";

    /// <summary>The beginning of an hour, with a thousand hours of this test's own behind it.</summary>
    private DateTimeOffset Start { get; } =
        DateTimeOffset.UnixEpoch.AddHours(500_000 + (1_000 * Interlocked.Increment(ref _tests)));

    private LinkEnd BeforeStart => new(Start, "", 0);

    private Link NewLink(string name, DateTimeOffset? expiresAt = null) => new()
    {
        Alias = $"{_name}-{name}",
        Owner = "ann",
        Url = "https://example.com/",
        IsCustom = true,
        CreatedAt = Noon,
        UpdatedAt = Noon,
        ExpiresAt = expiresAt,
        RedirectStatus = 302,
        RequestId = Guid.CreateVersion7(),
    };

    private async Task<Link> InsertAsync(string name, DateTimeOffset? expiresAt = null) =>
        Assert.IsType<Link>(await Store.Links.InsertAsync(NewLink(name, expiresAt), Token));

    /// <summary>Writes the next version of a link.</summary>
    private async Task<Link> UpdateAsync(Link link, Func<Link, Link> change)
    {
        var next = change(link) with { Version = link.Version + 1, RequestId = Guid.CreateVersion7() };
        Assert.True(await Store.Links.UpdateAsync(next, link.Version, Token));
        return next;
    }

    private async Task DeleteAsync(Link link, DateTimeOffset at) =>
        Assert.True(await Store.Links.DeleteAsync(link.Alias, link.Version, Guid.CreateVersion7(), at, Token));

    /// <summary>All ends of the test, read in pages.</summary>
    private async Task<List<LinkEnd>> WalkAsync(int limit = 1_000, DateTimeOffset? until = null, LinkEnd? after = null)
    {
        var ends = new List<LinkEnd>();
        IReadOnlyList<LinkEnd> page;
        do
        {
            page = await Store.Ends.ListAsync(
                ends.LastOrDefault() ?? after ?? BeforeStart, until ?? Start.AddHours(999), limit, Token);
            ends.AddRange(page);
        }
        while (page.Count == limit);
        Assert.InRange(page.Count, 0, limit);
        return ends;
    }

    private static LinkEnd EndOf(Link link) => new(link.ExpiresAt!.Value, link.Alias, link.Generation);

    private Task<LinkLife?> FindAsync(Link link) => Store.Ends.FindAsync(link.Alias, Token);
}
