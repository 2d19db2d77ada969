using System.Runtime.InteropServices;

namespace Shortener.Core.Visits;

/// <summary>
/// What is counted for one link on one UTC day: visits by hour, dimension and value, and the different visitors. Bounded, whoever
/// sends what: of each dimension the <see cref="MaxValues"/> values with the most visits are kept by name, the visits of the
/// others under <see cref="Other"/>, so that the sums stay right. Not for several threads.
/// </summary>
public sealed class DayCounts
{
    /// <summary>The value under which visits are counted whose value is not kept by name.</summary>
    public const string Other = "(other)";

    /// <summary>The most values of a dimension that are stored by name.</summary>
    public const int MaxValues = 500;

    /// <summary>The most characters of a value; what is longer is cut.</summary>
    public const int MaxValueLength = 100;

    /// <summary>In the place of an hour: the hours of the day have been added up.</summary>
    public const int WholeDay = 24;

    private readonly SortedDictionary<VisitDimension, Dictionary<string, List<(int Hour, VisitTotal Visits)>>> _dimensions = [];

    /// <summary>Who visited.</summary>
    public VisitorSketch Visitors { get; private init; } = new();

    /// <summary>All visits of the day.</summary>
    public VisitTotal Total => Of(VisitDimension.Total).Aggregate(default(VisitTotal), (sum, count) => sum.Plus(count.Visits));

    /// <summary>Whether anything is counted by the hour.</summary>
    public bool HasHours =>
        _dimensions.Values.Any(values => values.Values.Any(hours => hours.Exists(count => count.Hour != WholeDay)));

    internal IEnumerable<VisitDimension> Dimensions => _dimensions.Keys;

    /// <summary>Counts visits.</summary>
    /// <param name="hour">The UTC hour, 0 to 23, or <see cref="WholeDay"/>.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="value">Its value.</param>
    /// <param name="people">How many of people.</param>
    /// <param name="bots">How many of robots.</param>
    public void Add(int hour, VisitDimension dimension, string value, long people, long bots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hour);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hour, WholeDay);
        if (!_dimensions.TryGetValue(dimension, out var values)) _dimensions[dimension] = values = new(StringComparer.Ordinal);
        AddTo(values, Cut(value), hour, new(people, bots));
        // Twice as many: of the values that come next, those with many visits must get the chance to show it.
        if (values.Count > 2 * MaxValues) KeepLargest(values);
    }

    /// <summary>Counts all that another one has.</summary>
    public void Add(DayCounts other)
    {
        foreach (var dimension in other._dimensions.Keys)
        {
            foreach (var (value, hour, visits) in other.Of(dimension)) Add(hour, dimension, value, visits.People, visits.Bots);
        }

        Visitors.Add(other.Visitors);
    }

    /// <summary>What is counted of a dimension.</summary>
    public IEnumerable<(string Value, int Hour, VisitTotal Visits)> Of(VisitDimension dimension) =>
        _dimensions.TryGetValue(dimension, out var values)
            ? values.SelectMany(value => value.Value.Select(count => (value.Key, count.Hour, count.Visits)))
            : [];

    /// <summary>The same with all hours added up to <see cref="WholeDay"/>.</summary>
    public DayCounts WithoutHours()
    {
        var day = new DayCounts { Visitors = Visitors };
        foreach (var dimension in _dimensions.Keys)
        {
            foreach (var (value, _, visits) in Of(dimension)) day.Add(WholeDay, dimension, value, visits.People, visits.Bots);
        }

        return day;
    }

    /// <summary>The counts as bytes, which hold no more than <see cref="MaxValues"/> values of each dimension by name.</summary>
    public byte[] ToBytes()
    {
        if (_dimensions.Values.All(values => values.Count <= MaxValues)) return DayCountsFormat.Write(this);
        var kept = new DayCounts();
        kept.Add(this);
        foreach (var values in kept._dimensions.Values) KeepLargest(values);
        return DayCountsFormat.Write(kept);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="only">
    /// The one dimension that is of interest; the others, and the visitors, are passed over. Null: all.
    /// </param>
    /// <exception cref="InvalidDataException">It did not write that, or a newer version did.</exception>
    public static DayCounts Parse(byte[] bytes, VisitDimension? only = null)
    {
        var visitors = only is null ? DayCountsFormat.ReadVisitors(bytes) : new VisitorSketch();
        var counts = new DayCounts { Visitors = visitors };
        DayCountsFormat.Read(bytes, only, counts);
        return counts;
    }

    /// <summary>Reads the visitors alone of what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It did not write that, or a newer version did.</exception>
    public static VisitorSketch ParseVisitors(byte[] bytes) => DayCountsFormat.ReadVisitors(bytes);

    private static string Cut(string value)
    {
        if (value.Length <= MaxValueLength) return value;
        // Not between the two halves of a character beyond U+FFFF.
        return value[..(char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)];
    }

    private static void AddTo(
        Dictionary<string, List<(int Hour, VisitTotal Visits)>> values, string value, int hour, VisitTotal visits)
    {
        ref var hours = ref CollectionsMarshal.GetValueRefOrAddDefault(values, value, out _);
        hours ??= [];
        var index = hours.FindIndex(count => count.Hour == hour);
        if (index < 0) hours.Add((hour, visits));
        else hours[index] = (hour, hours[index].Visits.Plus(visits));
    }

    /// <summary>
    /// Counts the values with the fewest visits under <see cref="Other"/>; of equal ones the later in the alphabet.
    /// </summary>
    private static void KeepLargest(Dictionary<string, List<(int Hour, VisitTotal Visits)>> values)
    {
        if (values.Count <= MaxValues) return;
        var small = values.Where(value => value.Key != Other)
            .OrderByDescending(value => value.Value.Sum(count => count.Visits.People + count.Visits.Bots))
            .ThenBy(value => value.Key, StringComparer.Ordinal)
            .Skip(MaxValues - 1)
            .ToList();
        foreach (var (value, hours) in small)
        {
            values.Remove(value);
            foreach (var (hour, visits) in hours) AddTo(values, Other, hour, visits);
        }
    }
}
