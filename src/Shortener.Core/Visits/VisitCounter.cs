using System.Buffers.Binary;
using System.Text;
using Shortener.Core.Visits.Agents;
using Shortener.Core.Visits.Countries;

namespace Shortener.Core.Visits;

/// <summary>
/// Turns the visits of a segment into counts: for the link, and with those of all its owner's links, by everything that a visit
/// tells. Visits to unknown aliases are counted together and by nothing, so that a scanner fills no store.
/// </summary>
/// <remarks>Visits that differ in their moment and visitor alone, as many of a busy link do, are taken apart only once.</remarks>
/// <param name="countries">Tells countries; null: every country is unknown.</param>
public sealed class VisitCounter(CountryFile? countries)
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
    public SegmentCounts Count(SpoolReader segment)
    {
        var counts = new SegmentCounts();
        var alike = new Dictionary<byte[], VisitsAlike>(BytesComparer.Instance);
        var lookup = alike.GetAlternateLookup<ReadOnlySpan<byte>>();
        var hour = long.MinValue;
        while (segment.TryRead(out var visit))
        {
            if (hour != (hour = visit.Time.ToUnixTimeSeconds() / 3600)) AddAll(alike);
            if (!lookup.TryGetValue(visit.Fields, out var seen)) lookup[visit.Fields] = seen = Read(visit, counts);
            seen.Add(visit.Visitor);
        }

        AddAll(alike);
        return counts;
    }

    private VisitsAlike Read(in VisitRecord visit, SegmentCounts counts)
    {
        var agent = UserAgent.Parse(Text(visit.UserAgent));
        var hour = visit.Time.UtcDateTime.Hour;
        return visit.Kind == VisitKind.UnknownAlias
            ? new VisitsAlike([counts.On(UnknownAliases, visit.Time)], hour, agent.IsBot, [(VisitDimension.Total, "")])
            : new VisitsAlike(
                [
                    counts.On(new LinkGeneration(Text(visit.Alias), visit.Generation), visit.Time),
                    counts.On(AllOf(Text(visit.Owner)), visit.Time),
                ],
                hour, agent.IsBot, ValuesOf(visit, agent));
    }

    private List<(VisitDimension Dimension, string Value)> ValuesOf(in VisitRecord visit, in UserAgent agent)
    {
        List<(VisitDimension, string)> values =
        [
            (VisitDimension.Total, ""),
            (VisitDimension.Referrer, visit.Referrer.IsEmpty ? "" : Referrers.HostOf(Text(visit.Referrer))),
            (VisitDimension.Country, CountryOf(visit.Address)),
            (VisitDimension.Browser, agent.Browser),
            (VisitDimension.System, agent.System),
            (VisitDimension.Device, agent.Device),
            (VisitDimension.Language, Languages.PrimaryOf(Text(visit.AcceptLanguage))),
        ];
        // Most visits belong to no campaign.
        if (visit.Query.IndexOf("utm_"u8) < 0) return values;
        var utm = UtmFields.Parse(Text(visit.Query));
        values.AddRange(
        [
            (VisitDimension.UtmSource, utm.Source), (VisitDimension.UtmMedium, utm.Medium), (VisitDimension.UtmCampaign, utm.Campaign),
            (VisitDimension.UtmTerm, utm.Term), (VisitDimension.UtmContent, utm.Content),
        ]);
        return values;
    }

    private string CountryOf(UInt128 address)
    {
        if (countries is null) return "";
        Span<byte> bytes = stackalloc byte[ClientAddress.Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return countries.Find(bytes);
    }

    private static void AddAll(Dictionary<byte[], VisitsAlike> alike)
    {
        foreach (var visits in alike.Values) visits.AddToCounts();
        alike.Clear();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "" : Encoding.UTF8.GetString(bytes);

    /// <summary>Visits of one hour with the same fields, and where they are counted.</summary>
    private sealed class VisitsAlike(DayCounts[] into, int hour, bool isBot, List<(VisitDimension Dimension, string Value)> values)
    {
        private ulong _lastVisitor;
        private long _count;

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
