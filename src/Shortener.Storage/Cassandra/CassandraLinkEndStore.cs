using System.Runtime.CompilerServices;
using Cassandra;
using Shortener.Core.Links;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// Ends of links in Cassandra, in buckets of an hour and a shard of the alias; within an hour they are walked shard after shard.
/// </summary>
public sealed class CassandraLinkEndStore(CassandraDatabase database) : ILinkEndStore
{
    private const int Shards = 8;
    private const int HoursPerRead = 1_000;
    private const int MaxHoursKnown = 100_000;

    /// <summary>The one partition of link_end_hours.</summary>
    private const string Part = "all";

    private const string Columns = "ends_at, alias, generation";

    private const string Partition = "hour = ? AND shard = ?";

    private readonly CassandraSession _session = database.Session;

    /// <summary>Hours that this process knows to be there, so that it need not write them again.</summary>
    private readonly WrittenOnce<int> _hours = new(MaxHoursKnown);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LinkEnd>> ListAsync(
        LinkEnd? after, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var ends = new List<LinkEnd>();
        await foreach (var hour in HoursAsync(after, LinkEnd.HourOf(until), cancellationToken))
        {
            var isFirst = hour == after?.Hour;
            for (var shard = isFirst ? ShardOf(after!.Alias) : 0; shard < Shards; shard++, isFirst = false)
            {
                object[] from = isFirst ? Values(after!) : [DateTimeOffset.MinValue, "", 0];
                var rows = await _session.ReadAsync(
                    new($"SELECT {Columns} FROM link_ends WHERE {Partition} AND ({Columns}) > (?, ?, ?) LIMIT ?",
                        [hour, shard, .. from, limit - ends.Count]),
                    cancellationToken);
                ends.AddRange(rows.Select(Read));
                if (ends.Count == limit) return ends;
            }
        }

        return ends;
    }

    /// <inheritdoc/>
    public async Task<LinkLife?> FindAsync(string alias, CancellationToken cancellationToken) =>
        // What is removed for good hangs on it: not what was acknowledged, but what is decided.
        await _session.ReadDecidedAsync(
            new("SELECT generation, expires_at, deleted_at FROM links WHERE alias = ?", alias), cancellationToken) is [var row]
            ? new LinkLife(
                row.GetValue<int>("generation"), row.GetValue<DateTimeOffset?>("expires_at"),
                row.GetValue<DateTimeOffset?>("deleted_at"))
            : null;

    /// <inheritdoc/>
    public async Task<LinkEnd?> FindCheckpointAsync(string walk, CancellationToken cancellationToken) =>
        await _session.ReadAsync(
            new($"SELECT {Columns} FROM link_end_walks WHERE walk = ?", walk), cancellationToken) is [var row]
            ? Read(row)
            : null;

    /// <inheritdoc/>
    public Task SaveCheckpointAsync(string walk, LinkEnd passed, CancellationToken cancellationToken) => _session.WriteAsync(
        new($"INSERT INTO link_end_walks (walk, {Columns}) VALUES (?, ?, ?, ?)", [walk, .. Values(passed)]),
        cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveAsync(LinkEnd? after, LinkEnd through, CancellationToken cancellationToken)
    {
        var found = false;
        await foreach (var hour in HoursAsync(after, through.Hour, cancellationToken))
        {
            found = true;
            await Task.WhenAll(Enumerable.Range(0, Shards).Select(shard => _session.WriteAsync(
                new($"DELETE FROM link_ends WHERE {Partition}", hour, shard), cancellationToken)));
        }

        if (!found) return;
        await _session.WriteAsync(
            new("DELETE FROM link_end_hours WHERE part = ? AND hour < ?", Part, through.Hour), cancellationToken);
    }

    /// <summary>Writes an end down that a link is about to have; null: there is none.</summary>
    internal async Task AddAsync(DateTimeOffset? at, Link link, CancellationToken cancellationToken)
    {
        if (at is not { } time) return;
        var end = new LinkEnd(time, link.Alias, link.Generation);
        await _hours.WriteAsync(end.Hour, () => _session.WriteAsync(
            new("INSERT INTO link_end_hours (part, hour) VALUES (?, ?)", Part, end.Hour), cancellationToken));
        await _session.WriteAsync(
            new($"INSERT INTO link_ends (hour, shard, {Columns}) VALUES (?, ?, ?, ?, ?)",
                [end.Hour, ShardOf(end.Alias), .. Values(end)]),
            cancellationToken);
    }

    /// <summary>The hours with ends from that of <paramref name="from"/> on.</summary>
    private async IAsyncEnumerable<int> HoursAsync(
        LinkEnd? from, int end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (next, count) = (from?.Hour ?? 0, HoursPerRead);
        while (count == HoursPerRead && next < end)
        {
            var rows = await _session.ReadAsync(
                new($"SELECT hour FROM link_end_hours WHERE part = ? AND hour >= ? AND hour < ? LIMIT {HoursPerRead}",
                    Part, next, end),
                cancellationToken);
            foreach (var row in rows)
            {
                var hour = row.GetValue<int>("hour");
                yield return hour;
                next = hour + 1;
            }

            count = rows.Count;
        }
    }

    private static int ShardOf(string alias) => AliasShard.Of(alias, Shards);

    private static object[] Values(LinkEnd end) => [end.At, end.Alias, end.Generation];

    private static LinkEnd Read(Row row) => new(
        row.GetValue<DateTimeOffset>("ends_at"), row.GetValue<string>("alias"), row.GetValue<int>("generation"));
}
