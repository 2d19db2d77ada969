using Shortener.Core.Links;

namespace Shortener.Core.Visits;

/// <summary>
/// Removes the visits of links that have ended long ago. It walks the ends of links in their order and checks each against the
/// link: visits stay where that was extended, and go at its later end. It may be cut off anywhere, and run several times at once:
/// a part of the walk is then done twice.
/// </summary>
/// <param name="ends">When links end.</param>
/// <param name="visits">The visits.</param>
/// <param name="kept">How long visits are kept after the end of their link.</param>
public sealed class VisitRetention(ILinkEndStore ends, IVisitStore visits, TimeSpan kept)
{
    /// <summary>What the walk keeps its checkpoint under.</summary>
    public const string Walk = "visit-retention";

    /// <summary>The most ends that are dealt with before the checkpoint moves past them.</summary>
    public const int EndsPerStep = 200;

    private const int AtOnce = 16;

    /// <summary>Removes all that is due.</summary>
    /// <exception cref="StoreException">A store cannot answer; a later call goes on where this one failed.</exception>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - kept;
        var passed = await ends.FindCheckpointAsync(Walk, cancellationToken);
        var count = EndsPerStep;
        while (count == EndsPerStep)
        {
            var due = await ends.ListAsync(passed, before, EndsPerStep, cancellationToken);
            await Parallel.ForEachAsync(
                due.DistinctBy(end => (end.Alias, end.Generation)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (end, token) =>
                {
                    if (IsOver(end, await ends.FindAsync(end.Alias, token), before))
                        await visits.ForgetAsync(new(end.Alias, end.Generation), token);
                });
            count = due.Count;
            if (count == 0) return;
            // Before the checkpoint moves: what a crash in between leaves is met again, and does not stay for ever.
            await ends.RemoveAsync(passed, due[^1], cancellationToken);
            passed = due[^1];
            await ends.SaveCheckpointAsync(Walk, passed, cancellationToken);
        }
    }

    /// <summary>
    /// A link that is not there was never made, or is removed. Visits of an earlier life of an alias can be read by nobody: they go
    /// with the first of its ends that is old enough.
    /// </summary>
    private static bool IsOver(LinkEnd end, LinkLife? life, DateTimeOffset before) =>
        life is null || end.Generation < life.Generation || (end.Generation == life.Generation && life.EndsAt < before);
}
