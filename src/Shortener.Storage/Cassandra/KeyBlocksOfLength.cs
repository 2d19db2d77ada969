using Cassandra;
using Shortener.Core.Keys;

namespace Shortener.Storage.Cassandra;

/// <summary>A key space as stored: with the numbers handed back, which are leased again first.</summary>
internal sealed record StoredSpace(KeySpace Space, IReadOnlyList<KeyRange> Free);

/// <summary>What the partition of one key length holds, but for the leases that nobody asked for.</summary>
/// <param name="Revision">What the next write is conditional on; null: nothing was ever written.</param>
/// <param name="Active">The active space's id; null: there is none.</param>
/// <param name="Spaces">All spaces of the length.</param>
/// <param name="Lease">The block of the lease that was asked for; null: there is no such lease, or it was handed back.</param>
internal sealed record KeyBlocksOfLength(long? Revision, string? Active, IReadOnlyList<StoredSpace> Spaces, KeyBlock? Lease)
{
    /// <summary>The kinds of rows.</summary>
    public const string SpaceKind = "space", LeaseKind = "lease";

    /// <summary>The spaces that are not active.</summary>
    public IReadOnlyList<KeySpace> Closed => [.. Spaces.Where(stored => stored.Space.Id != Active).Select(stored => stored.Space)];

    /// <summary>The space of that id; null: it was never made active.</summary>
    public StoredSpace? Find(string id) => Spaces.FirstOrDefault(stored => stored.Space.Id == id);

    public static KeyBlocksOfLength Read(int length, List<Row> rows) => new(
        rows is [var first, ..] ? first.GetValue<long?>("revision") : null,
        rows is [var any, ..] ? any.GetValue<string?>("active") : null,
        [.. rows.Where(row => row.GetValue<string?>("kind") == SpaceKind).Select(row => ReadSpace(length, row))],
        rows.Find(row => row.GetValue<string?>("kind") == LeaseKind) is { } lease ? ReadLease(lease) : null);

    /// <summary>Ranges as a list column holds them: first and end in turn.</summary>
    public static List<long> ToColumn(IEnumerable<KeyRange> ranges) => [.. ranges.SelectMany(range => new[] { range.First, range.End })];

    private static StoredSpace ReadSpace(int length, Row row) => new(
        new KeySpace(row.GetValue<string>("id"), length, row.GetValue<byte[]>("secret"), row.GetValue<long>("next")),
        [.. row.GetValue<long[]>("free").Chunk(2).Select(range => new KeyRange(range[0], range[1]))]);

    private static KeyBlock ReadLease(Row row) => new(
        Guid.Parse(row.GetValue<string>("id")), row.GetValue<string>("space"),
        new KeyRange(row.GetValue<long>("first"), row.GetValue<long>("end")), row.GetValue<long>("epoch"));
}
