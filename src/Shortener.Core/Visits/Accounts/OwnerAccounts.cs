using Shortener.Core.Links;
using static Shortener.Core.Visits.Accounts.VisitReconciliation;

namespace Shortener.Core.Visits.Accounts;

/// <summary>
/// Whether owners have the visits that their links have. Whose a deleted link was nobody says: the visits of those must be
/// what the owners have more than the links that are there.
/// </summary>
/// <remarks>
/// A segment reaches a link and its owner one after the other, at most a moment apart as long as its process lives: who
/// disagrees is looked at twice.
/// </remarks>
internal sealed class OwnerAccounts(IVisitStore visits, ILinkStore links, HashSet<string> owners)
{
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        var before = await TotalsAsync(cancellationToken);
        for (var isSecond = false; ; isSecond = true)
        {
            var (ofLinks, ofEnded) = await SumAsync(cancellationToken);
            owners.UnionWith(ofLinks.Keys);
            var after = await TotalsAsync(cancellationToken);
            List<string> disagreements = [.. Compare(before, ofLinks, ofEnded, after)];
            if (disagreements.Count == 0 || isSecond) return disagreements;
            before = after;
        }
    }

    private static IEnumerable<string> Compare(
        Dictionary<string, VisitTotal> before, Dictionary<string, VisitTotal> ofLinks, VisitTotal ofEnded,
        Dictionary<string, VisitTotal> after)
    {
        var (allBefore, all, allAfter) = (default(VisitTotal), ofEnded, default(VisitTotal));
        var (agree, deleted) = (true, ofEnded == default ? "" : $", and all deleted links {Text(ofEnded)}");
        foreach (var (owner, total) in after.OrderBy(owner => owner.Key, StringComparer.Ordinal))
        {
            var (least, sum) = (before.GetValueOrDefault(owner), ofLinks.GetValueOrDefault(owner));
            (allBefore, all, allAfter) = (allBefore.Plus(least), all.Plus(sum), allAfter.Plus(total));
            if (sum.IsAtMost(total) && least.IsAtMost(sum.Plus(ofEnded))) continue;
            agree = false;
            yield return $"Owner {owner}: {Text(total)}, but the links have {Text(sum)}{deleted}.";
        }

        if (agree && !(allBefore.IsAtMost(all) && all.IsAtMost(allAfter)))
            yield return $"All owners: {Text(allAfter)}, but all links, with those deleted, have {Text(all)}.";
    }

    private async Task<Dictionary<string, VisitTotal>> TotalsAsync(CancellationToken cancellationToken)
    {
        var totals = new Dictionary<string, VisitTotal>(StringComparer.Ordinal);
        foreach (var part in owners.Chunk(AtOnce))
        {
            var read = await visits.TotalsAsync([.. part.Select(VisitCounter.AllOf)], cancellationToken);
            foreach (var (owner, total) in part.Zip(read)) totals.Add(owner, total);
        }

        return totals;
    }

    /// <summary>What the links of each owner have, and those that are no more.</summary>
    private async Task<(Dictionary<string, VisitTotal> OfLinks, VisitTotal OfEnded)> SumAsync(CancellationToken cancellationToken)
    {
        var ofLinks = new Dictionary<string, VisitTotal>(StringComparer.Ordinal);
        var ofEnded = default(VisitTotal);
        await foreach (var page in visits.LinksAsync(cancellationToken))
        {
            foreach (var part in page.Where(VisitCounter.IsOfLink).Chunk(AtOnce))
            {
                var found = await Task.WhenAll(part.Select(link => links.FindAsync(link.Alias, cancellationToken)));
                var totals = await visits.TotalsAsync(part, cancellationToken);
                for (var i = 0; i < part.Length; i++)
                {
                    var owner = found[i] is { } link && link.Generation == part[i].Generation ? link.Owner : null;
                    if (owner is null) ofEnded = ofEnded.Plus(totals[i]);
                    else ofLinks[owner] = ofLinks.GetValueOrDefault(owner).Plus(totals[i]);
                }
            }
        }

        return (ofLinks, ofEnded);
    }
}
