using static Shortener.Core.Visits.Accounts.VisitReconciliation;

namespace Shortener.Core.Visits.Accounts;

/// <summary>What is counted for a link, or for all of an owner's, and whether it agrees with itself.</summary>
internal sealed record LinkAccount(LinkGeneration Link, VisitTotal Total, IReadOnlyList<string> Disagreements)
{
    /// <summary>Of these each visit has one value, and be it "", unknown. Campaigns are told of few.</summary>
    private static readonly VisitDimension[] Complete =
    [
        VisitDimension.Referrer, VisitDimension.Country, VisitDimension.Browser, VisitDimension.System, VisitDimension.Device,
        VisitDimension.Language,
    ];

    public static async Task<LinkAccount> CheckAsync(IVisitStore visits, LinkGeneration link, CancellationToken cancellationToken)
    {
        var total = default(VisitTotal);
        try
        {
            var before = await DaysAsync(VisitDimension.Total);
            total = (await visits.TotalsAsync([link], cancellationToken))[0];
            var sums = new List<(VisitDimension Dimension, Dictionary<DateOnly, VisitTotal> Days)>();
            foreach (var dimension in link == VisitCounter.UnknownAliases ? [] : Complete)
                sums.Add((dimension, await DaysAsync(dimension)));
            var after = await DaysAsync(VisitDimension.Total);
            return new(link, total, [.. Compare(link, total, before, sums, after)]);
        }
        catch (StoreException failure) when (failure.Failure == StoreFailure.Corrupt)
        {
            return new(link, total, [$"{NameOf(link)}: {failure.Message}"]);
        }

        async Task<Dictionary<DateOnly, VisitTotal>> DaysAsync(VisitDimension dimension)
        {
            var query = new VisitQuery(link, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, dimension, VisitInterval.Day);
            return (await visits.ReadAsync(query, cancellationToken))
                .GroupBy(count => DateOnly.FromDateTime(count.Start.UtcDateTime))
                .ToDictionary(day => day.Key, day => Sum(day.Select(count => new VisitTotal(count.People, count.Bots))));
        }
    }

    private static IEnumerable<string> Compare(
        LinkGeneration link, VisitTotal total, Dictionary<DateOnly, VisitTotal> before,
        List<(VisitDimension Dimension, Dictionary<DateOnly, VisitTotal> Days)> sums, Dictionary<DateOnly, VisitTotal> after)
    {
        if (!Sum(before.Values).IsAtMost(total) || !total.IsAtMost(Sum(after.Values)))
            yield return $"{NameOf(link)}: {Text(total)} in all, but its days have {Text(Sum(after.Values))}.";
        foreach (var (dimension, days) in sums)
        {
            foreach (var day in before.Keys.Union(days.Keys).Order())
            {
                var (sum, all) = (days.GetValueOrDefault(day), after.GetValueOrDefault(day));
                if (!before.GetValueOrDefault(day).IsAtMost(sum) || !sum.IsAtMost(all))
                    yield return $"{NameOf(link)}, {day:yyyy-MM-dd}: {Text(all)}, but by {dimension} {Text(sum)}.";
            }
        }
    }

    private static string NameOf(LinkGeneration link) =>
        link == VisitCounter.UnknownAliases ? "Unknown aliases"
        : VisitCounter.OwnerOf(link) is { } owner ? $"Owner {owner}"
        : $"Link {link.Alias}, generation {link.Generation}";
}
