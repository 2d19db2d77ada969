using System.Globalization;

namespace Shortener.Storage.Cassandra;

/// <summary>How many nodes of each data centre keep each row (NetworkTopologyStrategy).</summary>
public sealed class Replication
{
    private readonly SortedDictionary<string, int> _copies;

    private Replication(SortedDictionary<string, int> copies) => _copies = copies;

    /// <summary>Copies by data centre.</summary>
    public IReadOnlyDictionary<string, int> Copies => _copies;

    /// <summary>Reads <c>dc1:3</c>, several of them, or a number alone, which is meant for the local data centre.</summary>
    /// <returns>Null: the text is none of these.</returns>
    public static Replication? TryParse(IReadOnlyList<string> parts, string localDatacenter)
    {
        var copies = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var colon = part.LastIndexOf(':');
            var datacenter = colon < 0 ? localDatacenter : part[..colon].Trim();
            if (!int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count is 0 or > 99 || datacenter.Length == 0 || datacenter.Contains('\'', StringComparison.Ordinal)
                || !copies.TryAdd(datacenter, count))
            {
                return null;
            }
        }

        return copies.Count == 0 ? null : new Replication(copies);
    }

    /// <summary>Whether a keyspace has it.</summary>
    public bool IsThatOf(IDictionary<string, int> replication) =>
        replication.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key, StringComparer.Ordinal).SequenceEqual(_copies);

    /// <summary>As it stands in CREATE KEYSPACE.</summary>
    public string ToCql() =>
        $"{{'class': 'NetworkTopologyStrategy', {string.Join(", ", _copies.Select(entry => $"'{entry.Key}': {entry.Value}"))}}}";

    /// <summary>As it is written in the settings.</summary>
    public override string ToString() => Describe(_copies);

    /// <summary>A keyspace's replication as it is written in the settings.</summary>
    public static string Describe(IEnumerable<KeyValuePair<string, int>> replication) =>
        string.Join(",", replication.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{entry.Value}"));
}
