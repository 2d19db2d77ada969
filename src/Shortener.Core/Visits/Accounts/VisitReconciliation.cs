using System.Runtime.CompilerServices;
using Shortener.Core.Links;

namespace Shortener.Core.Visits.Accounts;

/// <summary>
/// Checks that what a store has counted agrees with itself: of every link and day the sum over each complete dimension is the
/// total; all visits of a link are the sum of its days'; all visits of an owner are the sum of the links'.
/// </summary>
/// <remarks>
/// <para>Visits may be added and rolled up meanwhile: counts only grow, so that each sum is held to lie between what is read
/// before it and after it.</para>
/// <para>Kept in memory are a page of links, a part of their counts, and a few numbers for each owner.</para>
/// </remarks>
/// <param name="visits">The store.</param>
/// <param name="links">Says whose a link is.</param>
public sealed class VisitReconciliation(IVisitStore visits, ILinkStore links)
{
    /// <summary>Links that are read at once: no more than a store lets wait, whatever its settings.</summary>
    internal const int AtOnce = 8;

    /// <summary>Links that have been looked at: as often as an alias was made anew.</summary>
    public long Links { get; private set; }

    /// <summary>Their visits.</summary>
    public VisitTotal Visits { get; private set; }

    /// <summary>Reads the whole store; gives a sentence for each disagreement.</summary>
    /// <exception cref="StoreException">The store cannot be read to its end.</exception>
    public async IAsyncEnumerable<string> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var page in visits.LinksAsync(cancellationToken))
        {
            foreach (var part in page.Chunk(AtOnce))
            {
                var accounts = await Task.WhenAll(part.Select(link => LinkAccount.CheckAsync(visits, link, cancellationToken)));
                foreach (var account in accounts)
                {
                    if (VisitCounter.OwnerOf(account.Link) is { } owner) owners.Add(owner);
                    if (VisitCounter.IsOfLink(account.Link)) (Links, Visits) = (Links + 1, Visits.Plus(account.Total));
                    foreach (var disagreement in account.Disagreements) yield return disagreement;
                }
            }
        }

        foreach (var disagreement in await new OwnerAccounts(visits, links, owners).CheckAsync(cancellationToken))
            yield return disagreement;
    }

    /// <summary>Visits as sentences tell them.</summary>
    internal static string Text(VisitTotal visits) =>
        FormattableString.Invariant($"{visits.People:N0} by people and {visits.Bots:N0} by bots");
}
