using System.Runtime.CompilerServices;
using Shortener.Core.Links;

namespace Shortener.Core.Visits.Accounts;

/// <summary>
/// Checks that what a store has counted agrees with itself: of every link and day the sum over each complete dimension is the
/// total; all visits of a link are the sum of its days'; the recent visits of an owner are the sum of the links', and all of an
/// owner's are no fewer.
/// </summary>
/// <remarks>
/// <para>Visits may be added and rolled up meanwhile: counts only grow, so that each sum is held to lie between what is read
/// before it and after it. All of a link may be forgotten meanwhile: a link that disagrees is looked at twice.</para>
/// <para>Kept in memory are a page of links, a part of their counts, and a few numbers for each owner.</para>
/// </remarks>
/// <param name="visits">The store.</param>
/// <param name="links">Says whose a link is.</param>
/// <param name="keptAfterLink">How long the visits of a link are kept after its end; an owner's are always.</param>
/// <param name="time">The clock.</param>
public sealed class VisitReconciliation(IVisitStore visits, ILinkStore links, TimeSpan keptAfterLink, TimeProvider time)
{
    /// <summary>
    /// Days from the one in which visits may just go to the first recent one: that day, of which a part may be gone, and one for
    /// visits that a cache took for a link after its end, and for the time that reading takes.
    /// </summary>
    private const int DaysToSpare = 2;

    /// <summary>Links that are read at once: no more than a store lets wait, whatever its settings.</summary>
    internal const int AtOnce = 8;

    /// <summary>Links that have been looked at: as often as an alias was made anew.</summary>
    public long Links { get; private set; }

    /// <summary>Their visits.</summary>
    public VisitTotal Visits { get; private set; }

    /// <summary>Visits to aliases that nobody has.</summary>
    public VisitTotal UnknownAliases { get; private set; }

    /// <summary>Reads the whole store; gives a sentence for each disagreement.</summary>
    /// <exception cref="StoreException">The store cannot be read to its end.</exception>
    public async IAsyncEnumerable<string> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var firstRecent = DateOnly.FromDateTime((time.GetUtcNow() - keptAfterLink).UtcDateTime).AddDays(DaysToSpare);
        var owners = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var page in visits.LinksAsync(cancellationToken))
        {
            foreach (var part in page.Chunk(AtOnce))
            {
                var accounts = await Task.WhenAll(part.Select(link => CheckAsync(link, cancellationToken)));
                foreach (var account in accounts)
                {
                    if (VisitCounter.OwnerOf(account.Link) is { } owner) owners.Add(owner);
                    if (VisitCounter.IsOfLink(account.Link)) (Links, Visits) = (Links + 1, Visits.Plus(account.Total));
                    if (account.Link == VisitCounter.UnknownAliases) UnknownAliases = account.Total;
                    foreach (var disagreement in account.Disagreements) yield return disagreement;
                }
            }
        }

        foreach (var disagreement in await new OwnerAccounts(visits, links, owners, firstRecent).CheckAsync(cancellationToken))
            yield return disagreement;
    }

    /// <summary>Visits as sentences tell them.</summary>
    internal static string Text(VisitTotal visits) =>
        FormattableString.Invariant($"{visits.People:N0} by people and {visits.Bots:N0} by bots");

    /// <summary>All of them together.</summary>
    internal static VisitTotal Sum(IEnumerable<VisitTotal> visits) =>
        visits.Aggregate(default(VisitTotal), (sum, more) => sum.Plus(more));

    private async Task<LinkAccount> CheckAsync(LinkGeneration link, CancellationToken cancellationToken)
    {
        var account = await LinkAccount.CheckAsync(visits, link, cancellationToken);
        return account.Disagreements.Count == 0 ? account : await LinkAccount.CheckAsync(visits, link, cancellationToken);
    }
}
