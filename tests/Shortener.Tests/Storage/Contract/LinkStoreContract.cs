using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

/// <summary>What every <see cref="ILinkStore"/> does.</summary>
public abstract partial class LinkStoreContract(IStoreData<ILinkStore> data) : StoreContract<ILinkStore>(data)
{
    protected static Link NewLink(string alias, string owner = "ann") => new()
    {
        Alias = alias,
        Owner = owner,
        Url = $"https://example.com/{alias}",
        IsCustom = true,
        CreatedAt = Noon,
        UpdatedAt = Noon,
        RedirectStatus = 302,
        RequestId = Guid.CreateVersion7(),
    };

    /// <summary>What an owner makes of <paramref name="link"/> in its next version.</summary>
    protected static Link NextOf(Link link) =>
        link with { Url = link.Url + "/next", Version = link.Version + 1, RequestId = Guid.CreateVersion7() };

    protected static void AssertSame(Link expected, Link? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected, actual with { Tags = expected.Tags });
    }

    protected async Task<Link> InsertAsync(Link link) => Assert.IsType<Link>(await Store.InsertAsync(link, Token));

    protected Task<Link?> FindAsync(string alias) => Store.FindAsync(alias, Token);

    protected Task<bool> DeleteAsync(Link link) =>
        Store.DeleteAsync(link.Alias, link.Version, Guid.CreateVersion7(), Noon, Token);
}
