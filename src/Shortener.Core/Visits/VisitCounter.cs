namespace Shortener.Core.Visits;

/// <summary>
/// Turns the visits of a segment into counts: for the link, and with those of all its owner's links, by everything that a visit
/// tells. Visits to unknown aliases are counted together and by nothing, so that a scanner fills no store.
/// </summary>
/// <remarks>Visits that differ in their moment and visitor alone, as many of a busy link do, are taken apart only once.</remarks>
/// <param name="reader">Reads what visits tell.</param>
/// <param name="rawPerLink">The most visits of a link in a segment that are handed over one by one, the last ones.</param>
public sealed class VisitCounter(VisitReader reader, int rawPerLink = 0)
{
    /// <summary>What visits to unknown aliases are counted for.</summary>
    public static readonly LinkGeneration UnknownAliases = new("", 0);

    /// <summary>What the visits of all links of an owner are counted for.</summary>
    public static LinkGeneration AllOf(string owner) => new("@" + owner, 0);

    /// <summary>Whose links' visits are all counted there; null: nobody's, as in every account of a link.</summary>
    public static string? OwnerOf(LinkGeneration account) =>
        account.Alias.StartsWith('@') && account.Generation == 0 ? account.Alias[1..] : null;

    /// <summary>Whether the visits of a link are counted there.</summary>
    public static bool IsOfLink(LinkGeneration account) => account != UnknownAliases && OwnerOf(account) is null;

    /// <summary>Counts all that <paramref name="segment"/> has left to read.</summary>
    public CountedSegment Count(SpoolReader segment)
    {
        var counts = new SegmentCounts();
        var last = new LastVisits(rawPerLink);
        var alike = new Dictionary<byte[], VisitsAlike>(BytesComparer.Instance);
        var lookup = alike.GetAlternateLookup<ReadOnlySpan<byte>>();
        var hour = long.MinValue;
        while (segment.TryRead(out var visit))
        {
            if (hour != (hour = visit.Time.ToUnixTimeSeconds() / 3600)) AddAll(alike);
            if (!lookup.TryGetValue(visit.Fields, out var seen)) lookup[visit.Fields] = seen = Read(visit, counts);
            seen.Add(visit.Visitor);
            if (seen.At(visit.Time, segment.Records) is { } followed) last.Add(followed);
        }

        AddAll(alike);
        return new(counts, last.InOrder());
    }

    private VisitsAlike Read(in VisitRecord visit, SegmentCounts counts)
    {
        var hour = visit.Time.UtcDateTime.Hour;
        if (visit.Kind == VisitKind.UnknownAlias)
            return new(null, [counts.On(UnknownAliases, visit.Time)], hour, VisitReader.IsBot(visit), [(VisitDimension.Total, "")]);
        var (link, details) = (VisitReader.LinkOf(visit), reader.Read(visit));
        return new(
            new(link, Index: 0, new(visit.Time, details)),
            [counts.On(link, visit.Time), counts.On(AllOf(VisitReader.OwnerOf(visit)), visit.Time)],
            hour, details.IsBot, ValuesOf(details, VisitReader.IsOfCampaign(visit)));
    }

    private static List<(VisitDimension Dimension, string Value)> ValuesOf(VisitDetails details, bool isOfCampaign)
    {
        List<(VisitDimension, string)> values =
        [
            (VisitDimension.Total, ""), (VisitDimension.Referrer, details.Referrer), (VisitDimension.Country, details.Country),
            (VisitDimension.Browser, details.Browser), (VisitDimension.System, details.System), (VisitDimension.Device, details.Device),
            (VisitDimension.Language, details.Language),
        ];
        if (!isOfCampaign) return values;
        var utm = details.Utm;
        values.AddRange(
        [
            (VisitDimension.UtmSource, utm.Source), (VisitDimension.UtmMedium, utm.Medium), (VisitDimension.UtmCampaign, utm.Campaign),
            (VisitDimension.UtmTerm, utm.Term), (VisitDimension.UtmContent, utm.Content),
        ]);
        return values;
    }

    private static void AddAll(Dictionary<byte[], VisitsAlike> alike)
    {
        foreach (var visits in alike.Values) visits.AddToCounts();
        alike.Clear();
    }

    /// <summary>Visits of one hour with the same fields, and where they are counted.</summary>
    private sealed class VisitsAlike(
        SegmentVisit? first, DayCounts[] into, int hour, bool isBot, List<(VisitDimension Dimension, string Value)> values)
    {
        private ulong _lastVisitor;
        private long _count;

        /// <summary>A visit of a link as it is kept by itself; null: it is to an alias that nobody has.</summary>
        public SegmentVisit? At(DateTimeOffset time, long index) =>
            first is { } visit ? visit with { Index = checked((int)index), Visit = visit.Visit with { Time = time } } : null;

        public void Add(ulong visitor)
        {
            _count++;
            if (isBot || visitor == _lastVisitor) return;
            _lastVisitor = visitor;
            foreach (var counts in into) counts.Visitors.Add(visitor);
        }

        public void AddToCounts()
        {
            foreach (var counts in into)
            {
                foreach (var (dimension, value) in values)
                    counts.Add(hour, dimension, value, people: isBot ? 0 : _count, bots: isBot ? _count : 0);
            }
        }
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        // What visitors send is hashed without a secret: a flood that collides makes one segment slow to count, and no redirect.
        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)Crc32C.Append(uint.MaxValue, alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
