namespace Shortener.Storage.Cassandra;

/// <summary>Spreads aliases over the partitions of a bucket of time. The numbers are stored: they must never change.</summary>
internal static class AliasShard
{
    public static int Of(string alias, int shards) =>
        (int)(alias.Aggregate(0u, (sum, letter) => (sum * 31) + letter) % (uint)shards);
}
