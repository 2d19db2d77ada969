using Shortener.Core.Links;
using static Shortener.Core.Visits.Accounts.VisitReconciliation;

namespace Shortener.Core.Visits.Accounts;

/// <summary>
/// Whether owners have the visits that their links have: of recent days exactly these, of all times at least these, since
/// visits go some time after their link and owners keep them. Whose a deleted link was nobody says: the recent visits of those
/// must be what the owners have more than the links that are there.
/// </summary>
/// <remarks>
/// A segment reaches a link and its owner one after the other, at most a moment apart as long as its process lives: who
/// disagrees is looked at twice.
/// </remarks>
/// <param name="visits">The store.</param>
/// <param name="links">Says whose a link is.</param>
/// <param name="owners">Those that have accounts.</param>
/// <param name="firstRecent">The first UTC day of which no link's visits have gone.</param>
internal sealed class OwnerAccounts(IVisitStore visits, ILinkStore links, HashSet<string> owners, DateOnly firstRecent)
{
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        var before = await OfOwnersAsync(cancellationToken);
        for (var isSecond = false; ; isSecond = true)
        {
            var (ofLinks, ofEnded) = await SumAsync(cancellationToken);
            owners.UnionWith(ofLinks.Keys);
            var after = await OfOwnersAsync(cancellationToken);
            List<string> disagreements = [.. Compare(before, ofLinks, ofEnded, after)];
            if (disagreements.Count == 0 || isSecond) return disagreements;
            before = after;
        }
    }

    private IEnumerable<string> Compare(
        Dictionary<string, Account> before, Dictionary<string, Account> ofLinks, Account ofEnded, Dictionary<string, Account> after)
    {
        var (allBefore, all, allAfter) = (default(Account), ofEnded, default(Account));
        var (agree, since) = (true, $"since {firstRecent:yyyy-MM-dd}");
        var deleted = ofEnded.Recent == default ? "" : $", and all deleted links {Text(ofEnded.Recent)}";
        foreach (var (owner, account) in after.OrderBy(owner => owner.Key, StringComparer.Ordinal))
        {
            var (least, sum) = (before.GetValueOrDefault(owner), ofLinks.GetValueOrDefault(owner));
            (allBefore, all, allAfter) = (allBefore.Plus(least), all.Plus(sum), allAfter.Plus(account));
            var hasRecent = sum.Recent.IsAtMost(account.Recent) && least.Recent.IsAtMost(sum.Recent.Plus(ofEnded.Recent));
            if (hasRecent && sum.All.IsAtMost(account.All)) continue;
            agree = false;
            yield return hasRecent
                ? $"Owner {owner}: {Text(account.All)}, but the links have {Text(sum.All)}."
                : $"Owner {owner}, {since}: {Text(account.Recent)}, but the links have {Text(sum.Recent)}{deleted}.";
        }

        if (!agree) yield break;
        if (!(allBefore.Recent.IsAtMost(all.Recent) && all.Recent.IsAtMost(allAfter.Recent)))
            yield return $"All owners, {since}: {Text(allAfter.Recent)}, but all links, with those deleted, have {Text(all.Recent)}.";
        else if (!all.All.IsAtMost(allAfter.All))
            yield return $"All owners: {Text(allAfter.All)}, but all links, with those deleted, have {Text(all.All)}.";
    }

    private async Task<Dictionary<string, Account>> OfOwnersAsync(CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var part in owners.Chunk(AtOnce))
        {
            var read = await ReadAsync([.. part.Select(VisitCounter.AllOf)], cancellationToken);
            foreach (var (owner, account) in part.Zip(read)) accounts.Add(owner, account);
        }

        return accounts;
    }

    /// <summary>What the links of each owner have, and those that are no more.</summary>
    private async Task<(Dictionary<string, Account> OfLinks, Account OfEnded)> SumAsync(CancellationToken cancellationToken)
    {
        var ofLinks = new Dictionary<string, Account>(StringComparer.Ordinal);
        var ofEnded = default(Account);
        await foreach (var page in visits.LinksAsync(cancellationToken))
        {
            foreach (var part in page.Where(VisitCounter.IsOfLink).Chunk(AtOnce))
            {
                var found = await Task.WhenAll(part.Select(link => links.FindAsync(link.Alias, cancellationToken)));
                var accounts = await ReadAsync(part, cancellationToken);
                for (var i = 0; i < part.Length; i++)
                {
                    var owner = found[i] is { } link && link.Generation == part[i].Generation ? link.Owner : null;
                    if (owner is null) ofEnded = ofEnded.Plus(accounts[i]);
                    else ofLinks[owner] = ofLinks.GetValueOrDefault(owner).Plus(accounts[i]);
                }
            }
        }

        return (ofLinks, ofEnded);
    }

    private async Task<List<Account>> ReadAsync(LinkGeneration[] part, CancellationToken cancellationToken)
    {
        var recent = await Task.WhenAll(part.Select(link => RecentAsync(link, cancellationToken)));
        var all = await visits.TotalsAsync(part, cancellationToken);
        return [.. all.Zip(recent, (total, sinceFirst) => new Account(total, sinceFirst))];
    }

    private async Task<VisitTotal> RecentAsync(LinkGeneration link, CancellationToken cancellationToken)
    {
        try
        {
            var begin = new DateTimeOffset(firstRecent, TimeOnly.MinValue, TimeSpan.Zero);
            var query = new VisitQuery(link, begin, DateTimeOffset.MaxValue, VisitDimension.Total, VisitInterval.Month);
            return Sum((await visits.ReadAsync(query, cancellationToken)).Select(count => new VisitTotal(count.People, count.Bots)));
        }
        catch (StoreException failure) when (failure.Failure == StoreFailure.Corrupt)
        {
            // That it is damaged was told of the link itself.
            return default;
        }
    }

    /// <summary>All visits, and those of recent days.</summary>
    private readonly record struct Account(VisitTotal All, VisitTotal Recent)
    {
        public Account Plus(Account other) => new(All.Plus(other.All), Recent.Plus(other.Recent));
    }
}
