namespace Shortener.Core.Visits;

/// <summary>The last visits of each link, as many as there may be of one.</summary>
/// <param name="perLink">The most visits of a link; 0: none are taken.</param>
internal sealed class LastVisits(int perLink)
{
    private readonly Dictionary<LinkGeneration, Queue<SegmentVisit>> _links = [];

    /// <summary>Takes a visit; where its link has all that it may, the first of those goes.</summary>
    public void Add(SegmentVisit visit)
    {
        if (perLink == 0) return;
        if (!_links.TryGetValue(visit.Link, out var visits)) _links[visit.Link] = visits = new();
        if (visits.Count == perLink) visits.Dequeue();
        visits.Enqueue(visit);
    }

    /// <summary>All of them, each link's in the order in which they came.</summary>
    public IReadOnlyList<SegmentVisit> InOrder() => [.. _links.Values.SelectMany(visits => visits)];
}
