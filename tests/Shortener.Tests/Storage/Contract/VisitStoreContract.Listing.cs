using Shortener.Core.Visits;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class VisitStoreContract
{
    [Fact]
    public async Task All_that_has_visits_is_listed_once_in_pages_before_and_after_it_is_rolled_up()
    {
        var links = Enumerable.Range(0, IsSlow ? 120 : 250).Select(i => NewLink($"{i}"))
            .Concat([Link, Link with { Generation = 4 }, Link with { Alias = Link.Alias.ToUpperInvariant() }, VisitCounter.AllOf(Link.Alias)])
            .ToHashSet();
        var segment = new SegmentCounts();
        foreach (var link in links)
        {
            _ledger.Visit(segment, link, Noon);
            _ledger.Visit(segment, link, Noon.AddDays(-40));
        }

        await StoreAsync(1, segment, Noon);
        await AssertListedAsync(links);
        await RollUpAsync(Noon);
        await ReopenAsync();
        await AssertListedAsync(links);
        links.Remove(Link);
        await Store.ForgetAsync(Link, Token);
        await AssertListedAsync(links);
    }

    /// <summary>Of the links of this test these.</summary>
    private async Task AssertListedAsync(HashSet<LinkGeneration> links)
    {
        var listed = new List<LinkGeneration>();
        await foreach (var page in Store.LinksAsync(Token))
        {
            Assert.InRange(page.Count, 1, 100);
            listed.AddRange(page.Where(link => link.Alias.Contains(Link.Alias, StringComparison.OrdinalIgnoreCase)));
        }

        Assert.Equal(links.Count, listed.Count);
        Assert.True(links.SetEquals(listed));
    }
}
